"""What agents noted of an account, for its pane and on top of each of its tickets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.safestring import SafeString

from answerable.accounts.models import AccountNote
from answerable.lib.markdown import as_html
from answerable.tickets.models import Ticket

MOST = 50
ABOUT = Q(contact=None) | Q(contact=OuterRef("requester"))
# Asked along with the ticket: what stands on top of it costs no query.
PINNED = ArraySubquery(
    AccountNote.objects.standing()
    .filter(ABOUT, customer=OuterRef("customer"), is_pinned=True)
    .order_by("pk")
    .values(
        said=JSONObject(
            body="body", who="author__name", at="changed_at", person="contact__name"
        )
    )[:MOST]
)


@dataclass(frozen=True, slots=True)
class Pinned:
    """A note that is read before a ticket is replied to."""

    body: str
    who: str
    at: datetime
    person: str

    @property
    def html(self) -> SafeString:
        """What it says, as a page shows it."""
        return as_html(self.body)


def pinned_on(ticket: Ticket) -> list[Pinned]:
    """Return what stands on top of a ticket; ticket_for asked it along with the ticket."""
    return [
        Pinned(
            body=said["body"],
            who=said["who"] or "",
            at=datetime.fromisoformat(said["at"]),
            person=said["person"] or "",
        )
        for said in getattr(ticket, "pinned_notes", None) or ()
    ]


def notes_on(ticket: Ticket) -> Sequence[AccountNote]:
    """Return the notes on an account, and on who asks: pinned ones first. One query."""
    if ticket.customer_id is None:
        return []
    about = Q(contact=None) | Q(contact=ticket.requester_id)
    notes = AccountNote.objects.standing().filter(about, customer=ticket.customer_id)
    shown = notes.select_related("author", "contact").order_by("-is_pinned", "-pk")
    return list(shown[:MOST])


def note_on(ticket: Ticket, number: int) -> AccountNote:
    """Return a note of a ticket's account, removed or not. Raises AccountNote.DoesNotExist."""
    if number >= 2**63:
        raise AccountNote.DoesNotExist
    notes = AccountNote.objects.filter(customer=ticket.customer_id)
    return notes.select_related("contact", "customer").get(pk=number)
