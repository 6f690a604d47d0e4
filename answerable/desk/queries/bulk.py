"""A bulk reply as its page shows it: what it says on each ticket, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, Value, When

from answerable.incidents.models import BulkReply, BulkTicket
from answerable.incidents.replies import WITH_TICKET, Progress, progress_of, text_on
from answerable.lib.paging import Page, page_of
from answerable.sla.words import language_names

A_PAGE = 25
Row = BulkTicket.State


@dataclass(frozen=True, slots=True)
class Said:
    """A ticket of a bulk reply, what is said there, and what became of it."""

    row: BulkTicket
    text: str
    language: str

    @property
    def is_in(self) -> bool:
        """Whether it is to get the reply."""
        return self.row.state != Row.LEFT_OUT


@dataclass(frozen=True, slots=True)
class BulkPage:
    """A bulk reply, a page of its tickets, and how far it is."""

    rows: Page[Said]
    progress: Progress
    is_held: bool  # it was sent, and can still be taken back

    @property
    def done(self) -> int:
        """How many tickets are dealt with."""
        return self.progress.sent + self.progress.changed


def bulk_page(bulk: BulkReply, asked: str, at: datetime) -> BulkPage:
    """Return what the page of a bulk reply shows; what changed meanwhile comes first."""
    first = Case(
        When(state=Row.CHANGED, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = bulk.rows.select_related(*WITH_TICKET, "message").order_by(first, "pk")
    page = page_of(rows, asked, size=A_PAGE)
    said = [
        Said(
            row,
            row.message.body if row.message else text_on(bulk, row.ticket),
            language_names([row.ticket.language]),
        )
        for row in page.rows
    ]
    is_held = bulk.state == BulkReply.State.SENDING and bool(
        bulk.leaves_at and bulk.leaves_at > at
    )
    return BulkPage(Page(said, page.number, page.has_next), progress_of(bulk), is_held)
