"""The bytes of a mail: its headers as we fold them, its body in parts, signed if we can."""

from __future__ import annotations

import email.policy
from collections.abc import Callable
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from typing import Any

from answerable.channels.email.core import folding

WHOLE = {"references", "in-reply-to", "message-id", "list-unsubscribe"}
Sign = Callable[[bytes], bytes]


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
    """A message that Django's backends can write; `sign` returns what stands before it."""

    sign: Sign | None = None  # set on a message, so it takes the mail alone

    def as_bytes(
        self, unixfrom: bool = False, policy: Any = None, *, linesep: str = "\r\n"
    ) -> bytes:
        """Return the mail as it is sent."""
        raw = super().as_bytes(unixfrom, policy=policy or WIRE.clone(linesep=linesep))
        return self.sign(raw) + raw if self.sign else raw
