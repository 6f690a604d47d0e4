"""A name server of a test: a table that is asked over UDP, as the system's is."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping, Sequence

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


class NameServer:
    """Answers from a table. What stands there with None is never answered."""

    def __init__(self) -> None:
        self.table: dict[str, Sequence[str] | None] = {}
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def publish(self, *tables: Mapping[str, Sequence[str] | None]) -> None:
        """Add to what is known."""
        for table in tables:
            self.table.update(table)

    def stop(self) -> None:
        """Answer nobody any more."""
        if self._thread.is_alive():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as here:
                here.sendto(b"", self._socket.getsockname())
            self._thread.join()
            self._socket.close()

    def _serve(self) -> None:
        while True:
            wire, peer = self._socket.recvfrom(4096)
            if not wire:
                return
            answer = self._answer(dns.message.from_wire(wire))
            if answer:
                self._socket.sendto(answer.to_wire(), peer)

    def _answer(self, asked: dns.message.Message) -> dns.message.Message | None:
        question = asked.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        kind = dns.rdatatype.to_text(question.rdtype)
        found = self.table.get(name if kind == "TXT" else f"{kind} {name}", ())
        if found is None:
            return None
        answer = dns.message.make_response(asked)
        answer.flags |= dns.flags.RA
        if not found:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        texts = [_quoted(text) if kind == "TXT" else text for text in found]
        if texts:
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *texts))
        return answer


def _quoted(text: str) -> str:
    pieces = [text[at : at + 200] for at in range(0, len(text), 200)]
    return " ".join(f'"{piece}"' for piece in pieces)
