"""The bytes of a mail: its headers as we fold them, its body in parts, signed if we can."""

from __future__ import annotations

import base64
import email.policy
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from typing import Any

from answerable.channels.email.core import folding
from answerable.channels.email.core.base64_lines import base64_lines
from answerable.channels.email.core.mapped import Buffer, gathered, pieces_of

WHOLE = {"references", "in-reply-to", "message-id", "list-unsubscribe"}
Sign = Callable[[Buffer], bytes]
Pieces = Callable[[], Iterable[bytes]]


class WirePolicy(email.policy.EmailPolicy):
    """The library's modern policy, but the headers that people write are folded by us."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Keep a subject as it was written: what looks like an encoded word in it is none."""
        if name.lower() == "subject":
            return name, folding.one_line(str(value))
        return super().header_store_parse(name, value)

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        """Return a header's value; a subject as it is."""
        return value if name.lower() == "subject" else super().header_fetch_parse(name, value)

    def fold(self, name: str, value: Any) -> str:
        """Return a header as it is written."""
        if name.lower() in WHOLE:
            return self._line(name, "\r\n ".join(str(value).split()))
        if name.lower() == "subject":
            return self._line(name, folding.unstructured(str(value), len(name) + 2))
        if isinstance(value, AddressHeader):
            written = [
                folding.mailbox(one.display_name, one.addr_spec, len(name) + 2)
                for one in value.addresses
            ]
            return self._line(name, ",\r\n ".join(written))
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return the same as bytes."""
        return self.fold(name, value).encode("ascii", "replace")

    def _line(self, name: str, written: str) -> str:
        return f"{name}: {written}{self.linesep}".replace("\r\n", self.linesep)


WIRE = WirePolicy(linesep="\r\n", raise_on_defect=False)


class WireMessage(EmailMessage):
    """A message that Django's backends can write, and ours by pieces."""

    sign: Sign | None = None  # returns what stands before the mail
    _files: dict[bytes, Pieces] = {}
    _raw: Buffer | None = None
    _above = b""

    def enclose(self, pieces: Pieces, *, kind: tuple[str, str], name: str) -> None:
        """Put a file into the mail. Its bytes are read once, when the mail is written.

        Until then a line of base64 stands for them that is nowhere else.
        """
        told = f"{self['Message-ID']} file {len(self._files)}"
        mark = hashlib.sha256(told.encode()).digest()[:24]
        self.add_attachment(mark, maintype=kind[0], subtype=kind[1], filename=name)
        self._files = {**self._files, base64.b64encode(mark) + b"\r\n": pieces}

    def write(self, folder: str | None = None) -> None:
        """Write the mail as it is sent: into memory, or into a file if it is long."""
        self._raw = gathered(self._written(), folder)
        self._above = self.sign(self._raw) if self.sign else b""

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return sum(len(piece) for piece in (self._above, self._raw or b""))

    def pieces(self) -> Iterator[bytes]:
        """Give the mail as it is sent."""
        if self._raw is None:
            self.write()
        yield self._above
        yield from pieces_of(self._raw or b"")

    def as_bytes(
        self, unixfrom: bool = False, policy: Any = None, *, linesep: str = "\r\n"
    ) -> bytes:
        """Return the mail as it is sent, for those who need it at once."""
        whole = io.BytesIO()
        whole.writelines(self.pieces())
        return whole.getvalue()

    def _written(self) -> Iterator[bytes]:
        left = super().as_bytes(policy=WIRE)
        for mark, pieces in self._files.items():
            above, _, left = left.partition(mark)
            yield above
            yield from base64_lines(pieces())
        yield left
