"""What customers answered, by month, plan and channel; few are never made into shares."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from answerable.cast import Cast
from answerable.reports.satisfaction import lines, question
from answerable.reports.tests.conftest import SignIn
from answerable.reports.tests.reading import sheet_of, text_of
from answerable.sla.report_words import vendor_zone
from answerable.surveys.actions import Answer, answer
from answerable.surveys.models import Survey
from answerable.surveys.tests.scenes import DAY, HOUR, asked, asks, resolved

PAGE = "/desk/reports/satisfaction/"


@pytest.fixture
def answers(cast: Cast, at: datetime) -> Sequence[Survey]:
    """Six were asked; five answered: three well, one so, one badly and with words."""
    asks(cast, at, every=DAY)
    surveys = []
    for day, value in enumerate((5, 4, 4, 3, 1, 0)):
        then = at + 2 * day * DAY
        survey = asked(resolved(cast, then), then)
        if value:
            words = "Wrong <b>advice</b>" if value == 1 else ""
            said = Answer(value, words, wants_lead=value == 1)
            answer(survey, said, via="mail", at=then + 2 * HOUR)
        surveys.append(survey)
    return surveys


def read(client: Client, **asks: str) -> str:
    return text_of(client, PAGE + "?" + urlencode({"month": "2025-10", **asks}))


def test_it_counts_by_month(lena: Client, answers: Sequence[Survey]) -> None:
    said = read(lena)
    assert "October 2025 6 5 83 % 3 1 1 60 % 1" in said
    assert "5 of 6 answered: 3 good, 1 middling, 1 bad." in said


def test_it_counts_by_plan_and_by_channel(lena: Client, answers: Sequence[Survey]) -> None:
    assert "Premium 6 5 83 % 3 1 1 60 % 1" in read(lena, by="plan")
    assert "Request form 6 5 83 % 3 1 1 60 % 1" in read(lena, by="channel")
    assert "Nobody was asked who matches these filters." in read(lena, channel="chat")


def test_of_fewer_than_five_no_share_is_said(
    lena: Client, answers: Sequence[Survey], at: datetime
) -> None:
    answers[0].delete()
    assert "October 2025 5 4 80 % 2 1 1 \N{EN DASH} 1" in read(lena)
    answers[1].delete()
    assert "October 2025 4 3 \N{EN DASH} 1 1 1 \N{EN DASH} 1" in read(lena)


def test_without_a_month_it_shows_the_last_twelve(
    answers: Sequence[Survey], at: datetime
) -> None:
    ask = question({}, at + 40 * DAY, vendor_zone())
    counted = [(line.name, line.tally.asked) for line in lines(ask)]
    assert len(counted) == 12
    assert counted[-3:] == [("September 2025", 0), ("October 2025", 6), ("November 2025", 0)]


def test_it_shows_words_as_they_were_written(lena: Client, answers: Sequence[Survey]) -> None:
    page = lena.get(PAGE, {"month": "2025-10"}).content.decode()
    assert "Wrong &lt;b&gt;advice&lt;/b&gt;" in page


def test_it_says_who_was_not_asked_and_why(
    lena: Client, cast: Cast, answers: Sequence[Survey], at: datetime
) -> None:
    asked(resolved(cast, at + 10.5 * DAY), at + 10.5 * DAY)
    assert "1: the person was asked lately" in read(lena)


def test_a_lead_reads_what_asks_for_one_once(
    lena: Client, sign_in: SignIn, cast: Cast, answers: Sequence[Survey]
) -> None:
    assert "Customers ask for a lead" in read(lena)
    address, said = f"{PAGE}read/", {"number": answers[4].pk}
    assert sign_in(cast.ana).post(address, said).status_code == 403
    assert Survey.objects.for_leads().count() == 1
    assert lena.post(address, said).status_code == 302
    page = read(lena)
    assert "Customers ask for a lead" not in page
    assert "read by Lena Brandt" in page
    assert lena.post(address, said).status_code == 404


def test_it_names_no_agent(lena: Client, answers: Sequence[Survey]) -> None:
    for by in ("month", "plan", "channel"):
        assert "Ana Silva" not in read(lena, by=by)


def test_both_sheets_have_the_same(lena: Client, answers: Sequence[Survey]) -> None:
    asks = "?month=2025-10"
    assert sheet_of(lena, f"{PAGE}sheet/{asks}")[1] == [
        *("October 2025", "6", "5", "83", "3", "1", "1", "60", "1"),
    ]
    rows = sheet_of(lena, f"{PAGE}answers/{asks}")
    assert [row[6] for row in rows[1:]] == [
        "Very good",
        "Good",
        "Good",
        "All right",
        "Very bad",
    ]
    assert rows[5][7:] == ["bad", "Wrong <b>advice</b>", "Mail", "yes"]


def test_it_is_for_leads(sign_in: SignIn, cast: Cast) -> None:
    assert sign_in(cast.ana).get(PAGE).status_code == 403


def test_it_says_when_nobody_was_asked(lena: Client, cast: Cast) -> None:
    assert "Nobody was asked in this period." in text_of(lena, PAGE)


def test_it_costs_the_same_however_many_answered(
    lena: Client, cast: Cast, answers: Sequence[Survey], at: datetime
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked_for:
            read(lena)
        return len(asked_for)

    read(lena)
    few = queries()
    later = at + 11 * DAY
    answer(asked(resolved(cast, later), later), Answer(2, "No"), via="portal", at=later + DAY)
    assert queries() == few
