"""Reads side conversations: which one a mail answers, and what a mail of one refers to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.channels.email import ours
from answerable.channels.email.core.parse import Mail
from answerable.channels.email.core.thread import referenced, side_reply_in
from answerable.channels.email.models import InboundMail, OutgoingMail
from answerable.tickets.models import SideMessage, SideThread

LARGEST = 2**63
HOUR = timedelta(hours=1)
MOST_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class SideReached:
    """A side conversation that a mail answers, and the names of those who take part, by
    address. Who wrote is for their domain to say."""

    thread: SideThread
    people: dict[str, str]

    def knows(self, address: str) -> bool:
        """Say whether an address takes part."""
        return address in self.people


def side_reached(mail: InboundMail, says: Mail) -> SideReached | None:
    """Return the side conversation of a mail: by a signed token, else by a mail of ours."""
    reply = side_reply_in((*mail.envelope_to, *says.to), ours.mailbox(), ours.token_keys())
    thread = None
    if reply:
        number = reply.thread if reply.thread < LARGEST else 0
        thread = SideThread.objects.filter(pk=number).first()
    else:
        thread = _answered(referenced(says.in_reply_to, says.references))
    if thread is None:
        return None
    return SideReached(thread, dict(thread.people.values_list("email", "name")))


def _answered(references: Collection[str]) -> SideThread | None:
    ids = [reference for reference in references if ours.OWN_ID.match(reference)]
    if not ids:
        return None
    sent = OutgoingMail.objects.filter(mail_id__in=ids, side__isnull=False)
    found = sent.select_related("side__thread").order_by("-pk").first()
    return found.side.thread if found and found.side else None


def side_thread_of(mail: OutgoingMail, message: SideMessage) -> list[str]:
    """Return the Message-IDs of a side conversation before a mail to one of its people."""
    earlier = message.thread.messages.filter(pk__lt=message.pk)
    theirs = earlier.exclude(mail_id="").values_list("pk", "mail_id")
    ours_to_them = OutgoingMail.objects.filter(side__in=earlier, to=mail.to)
    said = sorted([*theirs, *ours_to_them.values_list("side_id", "mail_id")])
    return [number for _, number in said]


def has_too_many(thread: SideThread, at: datetime) -> bool:
    """Say whether more mails came to a side conversation within an hour than people write."""
    lately = thread.messages.filter(agent=None, written_at__range=(at - HOUR, at))
    return len(lately.values_list("pk")[:MOST_AN_HOUR]) >= MOST_AN_HOUR
