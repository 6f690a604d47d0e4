"""The monthly report: the same truth for the customer as for the vendor."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.portal.tests.helping import answered_by, sent_by, text_of
from answerable.sla.actions import comment_on_miss, wake_due
from answerable.sla.core.periods import month, month_of, working_day
from answerable.sla.models import Clock
from answerable.sla.report_words import vendor_zone
from answerable.sla.tests.misses import HOUR, MINUTE, excused_by, missed_by
from answerable.sla.tests.test_owed import CREDIT, sell

DAY = timedelta(days=1)
MONTHS = "January February March April May June July August September October November December"


@pytest.fixture
def before(at: datetime) -> datetime:
    """Noon of the tenth day of the month before this one."""
    begin = month_of(month_of(at, vendor_zone()).begin - DAY, vendor_zone()).begin
    return begin + 9 * DAY + 12 * HOUR


@pytest.fixture
def key(before: datetime) -> str:
    return f"{before.astimezone(vendor_zone()):%Y-%m}"


@pytest.fixture
def missed(cast: Cast, before: datetime) -> Clock:
    """Last month Nordwind had two kept, one missed and one excused; Brightwater one kept."""
    for minutes in (12, 40):
        answered_by(
            cast.ana, sent_by(cast.dana, at=before), "Done", at=before + minutes * MINUTE
        )
    clock = missed_by(cast.kim, before, cast.ana)
    excused_by(cast.lena, missed_by(cast.dana, before), at=before + 2 * HOUR)
    answered_by(cast.ana, sent_by(cast.olive, at=before), "Done", at=before + MINUTE)
    sent_by(cast.sam, at=before)
    return clock


def sheet(client: Client, path: str) -> list[list[str]]:
    text = client.get(path).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_it_shows_the_three_numbers_of_a_month(dana: Client, missed: Clock, key: str) -> None:
    said = text_of(dana.get(f"/report/?month={key}"))
    assert "Promises kept: 2 of 4 (50 %)" in said
    assert "4 promises: read percentages with care." in said
    assert "Standard 4 2 1 1 0 50 % 15–85 40 min not yet" in said  # noqa: RUF001
    assert "Best effort: 1 request, no promise." in said


def test_it_lists_each_miss_with_the_vendors_words(
    cast: Cast, dana: Client, missed: Clock, key: str, at: datetime
) -> None:
    said = text_of(dana.get(f"/report/?month={key}"))
    assert re.search(
        rf"#{missed.ticket_id} .* · Standard · due .*, replied .*, 4 min late", said
    )
    assert said.count("No comment yet.") == 2
    words = "Dana asked us to wait until noon."
    assert f"Excused: The customer asked us to wait (Lena Brandt). {words}" in said
    comment_on_miss(missed, words="Our on-call phone failed.", agent=cast.ravi, at=at)
    said = text_of(dana.get(f"/report/?month={key}"))
    assert "“Our on-call phone failed.” (Ravi Patel, Technical account manager)" in said


def test_each_number_opens_its_requests(dana: Client, missed: Clock, key: str) -> None:
    page = dana.get(f"/report/?month={key}").content.decode()
    links = re.findall(r'href="(/report/list/[^"]*)"[^>]*>(\d+)<', page)
    assert sorted(int(number) for _, number in links) == [1, 1, 2, 4]
    for link, number in links:
        place = link.replace("&amp;", "&")
        listed = dana.get(place).content.decode()
        assert listed.split("<tbody>")[1].count("<tr>") == int(number), place
        assert len(sheet(dana, place.replace("/list/", "/list/sheet/"))) == int(number) + 1


def test_the_vendor_reads_the_same(
    cast: Cast, dana: Client, client: Client, missed: Clock, key: str, settings: LazySettings
) -> None:
    settings.ANSWERABLE_SECOND_FACTOR = "optional"
    client.force_login(cast.lena.user)
    asked = f"month={key}&by=metric&account={cast.nordwind.pk}"
    theirs = sheet(client, f"/desk/reports/promises/sheet/?{asked}")
    ours = sheet(dana, f"/report/sheet/?month={key}")
    assert [row[1:] for row in ours] == [row[2:] for row in theirs]
    assert ours[1][:6] == ["Standard", "4", "2", "1", "1", "0"]


def test_it_says_what_fell_due_in_no_month(dana: Client) -> None:
    said = text_of(dana.get("/report/?month=2025-09"))
    assert "No promises fell due in September 2025." in said
    assert "Up to now" not in said


def test_it_says_until_when_a_month_is_not_final(
    cast: Cast, dana: Client, at: datetime
) -> None:
    zone = vendor_zone()
    final = working_day(month_of(at, zone), 2, zone).astimezone(zone)
    name = MONTHS.split()[final.month - 1]
    assert f"Up to now. Final on {final.day} {name}." in text_of(dana.get("/report/"))


def test_a_month_is_final_on_its_second_working_day() -> None:
    zone = vendor_zone()
    assert working_day(month(2025, 10, zone), 2, zone).astimezone(zone).day == 4


def test_it_lists_credits_with_their_clause(
    cast: Cast, dana: Client, olive: Client, at: datetime
) -> None:
    clause = "One first reply missed in a month: 20 %"
    sell(cast, CREDIT | {"window": "month", "more_than": 0, "says": clause})
    ticket = missed_by(cast.dana, at - 2 * MINUTE - HOUR).ticket_id
    month_now = f"/report/?month={(at - 2 * MINUTE).astimezone(vendor_zone()):%Y-%m}"
    said = text_of(dana.get(month_now))
    assert f"{clause} " in said
    assert "20 % of the support fee Claimable until" in said
    assert f"#{ticket}" in said.split("Credits")[1]
    assert "Credits" not in text_of(olive.get(month_now))


def test_it_is_for_super_admins(cast: Cast, sam: Client, dana: Client) -> None:
    for part in ("", "list/", "sheet/", "list/sheet/"):
        answer = sam.get(f"/report/{part}")
        assert answer.status_code == 403
        said = text_of(answer)
        assert "Report is for Super Admins" in said
        assert "Ask Dana Wolf or Kim Park." in said
    assert 'href="/report/"' not in sam.get("/requests/").content.decode()
    assert 'href="/report/"' in dana.get("/requests/").content.decode()


def test_nobody_reads_of_another_customer(dana: Client, olive: Client, missed: Clock) -> None:
    for part in ("", "list/", "sheet/", "list/sheet/"):
        page = olive.get(f"/report/{part}?month=2025-10&account=1").content.decode()
        assert "Nordwind" not in page
        assert f"#{missed.ticket_id}" not in page


def test_an_address_that_nobody_made_does_no_harm(dana: Client, missed: Clock) -> None:
    for query in ("month=x&page=-1", "severity=%00&metric=%00&standing=lost", "page=99999"):
        for part in ("", "list/", "sheet/", "list/sheet/"):
            assert dana.get(f"/report/{part}?{query}").status_code == 200


def test_it_costs_the_same_however_many_there_are(
    cast: Cast, dana: Client, before: datetime, key: str
) -> None:
    def miss(contact: Contact) -> None:
        excused_by(cast.lena, missed_by(contact, before), at=before + 2 * HOUR)

    miss(cast.dana)
    with CaptureQueriesContext(connection) as few:
        dana.get(f"/report/?month={key}")
    for contact in (cast.dana, cast.kim, cast.dana):
        miss(contact)
    wake_due(at=before + HOUR)
    with CaptureQueriesContext(connection) as many:
        dana.get(f"/report/?month={key}")
    assert len(many) <= len(few) <= 18
