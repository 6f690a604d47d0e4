"""The words of mails that tell agents of unverified senders, and of their parked replies."""

from __future__ import annotations

from django.utils.translation import gettext as _

from answerable.tickets.doubts import doubt_words
from answerable.tickets.models import TicketEvent
from answerable.tickets.parked import parked_words

Verb = TicketEvent.Verb


def subject(event: TicketEvent) -> str:
    """Return the subject of a mail about an event; empty for what others have words for."""
    if event.verb == Verb.WROTE:
        return _("Somebody wrote who is not verified")
    if event.verb == Verb.REPLY_PARKED:
        note = event.data["mode"] == "note"
        return _("Your note was not added") if note else _("Your reply was not sent")
    return ""


def what(event: TicketEvent) -> str:
    """Return why a mail about an event is sent; empty for what others have words for."""
    if event.verb == Verb.WROTE and event.message:
        return _("Not verified: {why}").format(why=doubt_words(event.message))
    if event.verb == Verb.REPLY_PARKED:
        kept = _("It is kept as your draft: {why}.")
        return kept.format(why=parked_words(event.data["why"]))
    return ""


def how_to_answer() -> str:
    """Return the line that says what an answer to a notification does."""
    return _(
        "Reply to this mail to answer the customer. Begin with #note to write a note instead."
    )
