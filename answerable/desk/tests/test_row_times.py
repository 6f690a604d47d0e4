"""What a row says of its time, at instants of the check list (ux.md 3.10)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.html import strip_tags

from answerable.cast import Cast
from answerable.desk.row_html import row_html
from answerable.desk.rows import Shown, row_view, row_words
from answerable.intake.shown.panel import panel_of
from answerable.lib import times
from answerable.routing.queries import rows_of
from answerable.sla.tests.plans import HOUR, row, sold
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Sender
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, opened_critical

BERLIN = ZoneInfo("Europe/Berlin")


def html_of(ticket: Ticket, cast: Cast, at: datetime) -> str:
    """Return the row of a ticket that Ana has at an instant."""
    seen = Shown(agent=cast.ana, at=at, zone=BERLIN, words=row_words())
    view = row_view(rows_of([ticket.pk], at=at)[ticket.pk], seen)
    return row_html(view, "/desk/q/all/", is_open=False)


def row_of(ticket: Ticket, cast: Cast, at: datetime) -> str:
    """Return what the row of a ticket shows Ana at an instant."""
    return " ".join(strip_tags(html_of(ticket, cast, at).replace("><", "> <")).split())


def test_s_01_time_left_rounds_down(cast: Cast, at: datetime) -> None:
    sold(cast, at, row("first_response", 2 * HOUR, severity="standard"))
    ten = datetime(2025, 10, 20, 10, 0, 1, tzinfo=BERLIN)
    ticket = opened(cast.dana, ten - timedelta(seconds=2))
    shown = row_of(ticket, cast, ten)
    assert "1 h 59 min" in shown
    assert "11:59" in shown
    assert "2 h" not in shown


def test_s_04_in_the_hour_that_comes_twice_the_offset_is_said(cast: Cast) -> None:
    """Received 02:40 in summer time, due half an hour later: 02:10 in winter time."""
    received = datetime.fromisoformat("2025-10-26T02:40:00+02:00")
    ticket, now = opened_critical(cast.dana, received), received + timedelta(minutes=1)
    # Until somebody decides, its row counts down to the decision: the first time round.
    assert "02:55 (UTC+2)" in row_of(ticket, cast, now)
    tickets.confirm_claim(ticket, agent=cast.ana, at=now)
    shown = row_of(ticket, cast, now)
    assert "29 min" in shown
    assert "02:10 (UTC+1)" in shown
    clock = panel_of(ticket, now, BERLIN).clock
    assert clock
    assert clock.due_at == datetime.fromisoformat("2025-10-26T02:10:00+01:00")
    by = times.customer_due(clock.due_at, now, BERLIN)
    assert by == "by 02:10 (UTC+1) today, in 29 minutes"


def test_the_last_line_says_when_it_was_said(cast: Cast) -> None:
    said = datetime(2025, 10, 20, 14, 31, 7, tzinfo=BERLIN)
    ticket = opened(cast.dana, said - timedelta(days=1))
    tickets.add_message(ticket, sender=Sender(contact=cast.dana), body="any news?", at=said)
    today = said + timedelta(hours=2)
    assert row_of(ticket, cast, today).endswith("any news? 14:31")
    assert row_of(ticket, cast, said + timedelta(hours=20)).endswith("any news? Mon 14:31")
    later = said + timedelta(days=9)
    assert row_of(ticket, cast, later).endswith("any news? Mon 20 Oct 14:31")
    html = html_of(ticket, cast, today)
    assert 'title="Mon 20 Oct 2025 14:31:07 (CEST)"' in html
    # The row's name is that of ux.md 8.2; the moment is read after it.
    assert 'aria-description="Last message Mon 20 Oct 2025 14:31:07 (CEST)"' in html
    name = html.split('aria-label="', 1)[1].split('"', 1)[0]
    assert "14:31" not in name


def test_a_line_that_only_greets_has_no_time_either(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at)
    tickets.add_message(ticket, sender=Sender(contact=cast.dana), body="Hello,\n\nnews?", at=at)
    html = html_of(ticket, cast, at)
    assert "queue-at" not in html
    assert "aria-description" not in html
