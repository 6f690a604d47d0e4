"""Which mail of ours a bounce is about, and what it says of that mail's one recipient. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage

from answerable.channels.email.core.bounce import Bounced, bounces_in
from answerable.channels.email.core.bounce_parts import notice_in
from answerable.channels.email.core.bounce_reason import is_late
from answerable.channels.email.core.bounce_words import Reason
from answerable.channels.email.core.parse import Mail

MOST_IDS = 20
UNSAID = "The receiving server returned it."


@dataclass(frozen=True, slots=True)
class Failure:
    """The mails that a bounce may be about, and whom it names."""

    message_ids: tuple[str, ...]
    bounced: tuple[Bounced, ...]
    addresses: tuple[str, ...] = ()  # of ours, as the returned mail names them

    def of(self, address: str) -> Bounced | None:
        """Return what it says of the recipient of a mail of ours, or None for nothing.

        Where one address alone is named it is ours, whatever it is called there: mail is
        passed on. Of several it must be the one that we wrote to.
        """
        wanted = address.lower()
        for one in self.bounced:
            if wanted in {one.recipient.lower(), one.original.lower()}:
                return one
        return self.bounced[0] if len(self.bounced) == 1 else None


def failure_of(mail: Mail, message: EmailMessage, domain: str) -> Failure:
    """Return what a bounce says. Message-IDs are looked for in all of it: servers differ."""
    notice = notice_in(message, mail.text)
    text = "\n".join([mail.text, mail.report, *notice.returned, *notice.fields])
    ids = re.findall(rf"<[^<>\s@]{{1,200}}@{re.escape(domain)}>", text, re.IGNORECASE)
    own = [mail.in_reply_to, *mail.references.split(), *ids]
    numbers = tuple(dict.fromkeys(number for number in own if number))[:MOST_IDS]
    named = re.findall(rf"[\w.+-]{{1,100}}@{re.escape(domain)}\b", text, re.IGNORECASE)
    return Failure(
        message_ids=numbers,
        bounced=_said(bounces_in(message, mail.text), f"{mail.subject} {mail.text}"),
        addresses=tuple(dict.fromkeys(one for one in named if "+" in one))[:MOST_IDS],
    )


def _said(bounced: Sequence[Bounced], text: str) -> tuple[Bounced, ...]:
    """Return whom a bounce names, each with words; one that names nobody fails all the same."""
    if not bounced:
        unnamed = Bounced("", "5.0.0", Reason.UNDEFINED.value, False, final=not is_late(text))
        bounced = [unnamed]
    return tuple(one if one.why else replace(one, why=UNSAID) for one in bounced)
