"""What may be removed from a ticket for good, and where it stands before it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from answerable.files.models import StoredFile
from answerable.tickets.core.redaction import cards_in
from answerable.tickets.models import (
    Attachment,
    Draft,
    Message,
    PreparedReply,
    SideMessage,
    SideThread,
    Ticket,
    TicketEvent,
)
from answerable.tickets.swept import family_of, hits

# What is told of beside messages, in this order; all else is of what is made of these.
ELSEWHERE = (
    ((Ticket, SideThread), _("the subject")),
    ((Draft, PreparedReply), _("replies that are not sent yet")),
    ((SideMessage,), _("side conversations")),
    ((TicketEvent,), _("the log")),
)
MOST_LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class Standing:
    """Where something stands: in which messages, the newest first, and where else."""

    messages: Sequence[Message]
    elsewhere: Sequence[str]
    count: int
    others: int = 0  # of a file: how many other tickets have it, where it stays


def cards_on(ticket: Ticket, message: Message | None) -> list[str]:
    """Return the numbers of cards in a message, or in a ticket's, as they stand there."""
    rows = [message] if message else ticket.messages.order_by("-pk")[:MOST_LOOKED_AT]
    texts = [text for row in rows for text in (row.body, row.folded)]
    return cards_in("\n\n".join([ticket.subject, *texts]))


def files_on(ticket: Ticket, message: Message | None) -> list[Attachment]:
    """Return the files of a message, or of all of a ticket's, each once."""
    rows = Attachment.objects.filter(message__ticket=ticket).select_related("file")
    if message:
        rows = rows.filter(message=message)
    return list({row.file_id: row for row in rows.order_by("-pk")}.values())


def where_passage_stands(ticket: Ticket, passage: str) -> Standing:
    """Return where a passage stands on a ticket, and on those that are one with it."""
    found = list(hits(family_of(ticket), passage))
    # Its last line is told of by the message that it is the beginning of.
    counted = Counter(
        hit.model for hit in found if hit.model is not Ticket or "subject" in hit.values
    )
    elsewhere = [
        str(words) for models, words in ELSEWHERE if any(counted[model] for model in models)
    ]
    return Standing(
        messages=_messages({hit.message for hit in found if hit.message}),
        elsewhere=elsewhere,
        count=len(found),
    )


def where_file_stands(ticket: Ticket, file: StoredFile) -> Standing:
    """Return which messages of a ticket have a file, and how many other tickets do."""
    family = family_of(ticket)
    rows = Attachment.objects.filter(file=file, message__isnull=False)
    here = set(rows.filter(message__ticket__in=family).values_list("message", flat=True))
    others = rows.exclude(message__ticket__in=family).values("message__ticket").distinct()
    return Standing(_messages(here), (), len(here), others.count())


def _messages(numbers: set[int]) -> list[Message]:
    rows = Message.objects.filter(pk__in=numbers).select_related("agent", "contact")
    return list(rows.order_by("-pk"))
