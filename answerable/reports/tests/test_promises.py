"""Promises kept: three numbers, each of which can be opened."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from answerable.cast import Cast
from answerable.reports.tests.conftest import SignIn
from answerable.reports.tests.reading import PROMISES, numbers_of, sheet_of, text_of
from answerable.sla.models import Clock
from answerable.sla.report_words import vendor_zone
from answerable.sla.tests.misses import HOUR, appealed_by, excused_by, missed_by
from answerable.tests.kept_cast import cast_at
from answerable.tickets.tests.openings import opened

TODAY = timezone.now()
OCTOBER = f"{PROMISES}?month=2025-10"
BYS = ("account", "plan", "severity", "metric")


def test_it_shows_the_three_numbers(october: Cast, lena: Client) -> None:
    said = text_of(lena, OCTOBER)
    assert "Promises 8 Kept 4 Missed 2 Excused 1 Open 1" in said
    assert "Kept 57.1 % few" in said
    assert "95 % range 25.0–84.2 · month before – · median 40 min" in said  # noqa: RUF001
    assert "9 of 10 within not yet" in said
    row = "Nordwind GmbH Premium Standard 6 3 1 1 1 60 % few 23–88 30 min"  # noqa: RUF001
    assert row in said


def test_each_number_opens_as_many_promises(october: Cast, lena: Client) -> None:
    found = {
        link for by in ("account", "metric") for link in numbers_of(lena, f"{OCTOBER}&by={by}")
    }
    assert len(found) > 12
    for place, number in found:
        said = text_of(lena, place)
        assert re.search(rf"\b{number} promises?\b", said), place
        assert len(sheet_of(lena, place.replace("/list/", "/list/sheet/"))) == number + 1


def test_an_address_shows_the_same_to_another_lead(
    october: Cast, lena: Client, sign_in: SignIn
) -> None:
    place = f"{OCTOBER}&by=severity&account={october.nordwind.pk}"
    mine, theirs = (text_of(who, place) for who in (lena, sign_in(october.ida)))
    report = mine.split("Download CSV")[1]
    assert report == theirs.split("Download CSV")[1]
    assert "Promises 6 Kept 3 Missed 1 Excused 1 Open 1" in report


def test_the_sheet_has_the_rows_of_the_table(october: Cast, lena: Client) -> None:
    for by in BYS:
        heads, *rows = sheet_of(lena, f"{PROMISES}sheet/?month=2025-10&by={by}")
        page = lena.get(f"{OCTOBER}&by={by}").content.decode()
        table = page.split("<tbody>")[1].split("</tbody>")[0]
        assert len(rows) == table.count("<tr>")
        assert sum(int(row[heads.index("Promises")]) for row in rows) == 8
        assert all(len(row) == len(heads) for row in rows)


def test_the_sheet_has_plain_figures(october: Cast, lena: Client) -> None:
    rows = sheet_of(lena, f"{PROMISES}sheet/?month=2025-10")
    assert rows[2] == [
        *("Nordwind GmbH", "Premium", "Standard", "6", "3", "1", "1", "1"),
        *("60.0", "23.1", "88.2", "0:30:00", ""),
    ]


def test_it_lists_each_miss_with_its_excuse_or_without(october: Cast, lena: Client) -> None:
    said = text_of(lena, OCTOBER).split("Missed promises")[1]
    words = "The customer asked us to wait (Lena Brandt): Dana asked us to wait until noon."
    assert f"Excused not answered yet {words}" in said
    assert "Missed 4 min late Not excused" in said
    assert "Missed not answered yet Not excused" in said


def test_it_draws_how_much_of_the_time_was_used_and_says_it(
    october: Cast, lena: Client
) -> None:
    page = lena.get(OCTOBER).content.decode()
    assert page.count("<rect") == 14
    said = text_of(lena, OCTOBER)
    assert "Half of the answers used up to 70 % of their time; 3 of 7 were late." in said
    table = page.split('plot-table">')[1].split("</table>")[0]
    counts = [int(n) for n in re.findall(r'number">(\d+)<', table)]
    assert sum(counts) == 7
    assert 'aria-labelledby="plot-name"' in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?month=2025-09", "No promises fell due in this period."),
        ("?month=2025-10&severity=urgent", "No promises match these filters. Clear filters"),
        ("?month=2025-09&name=nord", "No promises match these filters. Clear filters"),
    ],
)
def test_it_says_why_there_is_nothing(
    october: Cast, lena: Client, query: str, words: str
) -> None:
    assert words in text_of(lena, PROMISES + query)


def test_it_finds_an_account_by_a_part_of_its_name(october: Cast, lena: Client) -> None:
    said = text_of(lena, f"{OCTOBER}&name=bright")
    assert "Promises 2 Kept 1 Missed 1" in said
    assert "Nordwind" not in said


def test_it_says_that_a_month_is_not_finished(db: None, sign_in: SignIn) -> None:
    here = cast_at(TODAY)
    ticket = opened(here.dana, TODAY)
    Clock.objects.filter(ticket=ticket).update(due_at=TODAY)  # whatever the date is
    name = f"{TODAY.astimezone(vendor_zone()):%B}"
    lena = sign_in(here.lena)
    assert f"{name} is not finished. 1 promise is still open." in text_of(lena, PROMISES)
    assert "is not finished" not in text_of(lena, OCTOBER)


def test_it_tells_of_appeals_that_wait(cast: Cast, lena: Client, at: datetime) -> None:
    clock = missed_by(cast.dana, at)
    appealed_by(cast.dana, excused_by(cast.ida, clock, at=at), at=at + HOUR)
    page = lena.get(OCTOBER).content.decode()
    assert "Customers ask for another look" in page
    assert f'href="/desk/tickets/{clock.ticket_id}/misses/{clock.pk}/"' in page


def test_an_address_that_nobody_made_does_no_harm(october: Cast, lena: Client) -> None:
    for query in (
        "month=2025-99&by=colour&standing=lost&page=-1",
        f"month=2025-10&account={10**30}&plan=x&page={10**30}",
        "month=2025-10&severity=%00&name=%00'&metric=first_response",
        "month=2025-10&page=9000",
    ):
        for part in ("", "list/", "sheet/", "list/sheet/"):
            assert lena.get(f"{PROMISES}{part}?{query}").status_code == 200, (part, query)


def test_it_costs_the_same_however_many_there_are(cast: Cast, lena: Client) -> None:
    places = [OCTOBER, f"{PROMISES}list/?month=2025-10"]
    missed_by(cast.dana, cast.at)
    with CaptureQueriesContext(connection) as few:
        for place in places:
            lena.get(place)
    for contact in (cast.dana, cast.kim, cast.olive, cast.olive):
        excused_by(cast.lena, missed_by(contact, cast.at), at=cast.at)
    with CaptureQueriesContext(connection) as many:
        for place in places:
            lena.get(place)
    assert len(many) <= len(few) <= 36
