"""The report as it is given: lists, sheets, PDF, and a mail on its second working day."""

from __future__ import annotations

import csv
import re
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.test import Client

from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.portal.report_mail import send_reports
from answerable.portal.tests.helping import answered_by, sent_by, text_of
from answerable.sla.actions import comment_on_miss, wake_due
from answerable.sla.core.periods import Period, month_of, working_day
from answerable.sla.kept import Asked, Promises
from answerable.sla.report_words import month_name, vendor_zone
from answerable.tickets import actions as tickets


@pytest.fixture
def last(at: datetime) -> Period:
    """The month before this one."""
    begun = month_of(at, vendor_zone()).begin
    return month_of(begun - timedelta(days=1), vendor_zone())


def month_with_misses(cast: Cast, at: datetime) -> str:
    """Two kept, one missed with a comment, one of a user, one private that was missed."""
    for _ in range(2):
        kept = sent_by(cast.dana, "Exports fail", at=at - timedelta(minutes=90))
        answered_by(cast.ana, kept, "Done", at=at - timedelta(minutes=80))
    missed = sent_by(cast.dana, "Imports fail", at=at - timedelta(minutes=70))
    private = sent_by(cast.kim, "Complaint", at=at - timedelta(minutes=70))
    tickets.make_private(private, is_private=True, contact=cast.kim, at=at)
    sent_by(cast.sam, "Rename a field", at=at - timedelta(minutes=60))
    wake_due(at=at)
    clock = missed.clocks.get(metric="first_response")
    comment_on_miss(clock, words="Our phone failed.", agent=cast.ravi, at=at)
    return f"{at.astimezone(vendor_zone()):%Y-%m}"


def numbers_of(page: str) -> dict[str, int]:
    """The numbers of the report's first line, by what they count."""
    line = re.search(r"Promises: (\d+) Kept: (\d+) Missed: (\d+) Excused: (\d+)", page)
    assert line, page
    names = ("", "met", "missed", "excused")
    return dict(zip(names, map(int, line.groups()), strict=True))


def test_p_05_totals_are_the_sums_of_linked_lists_and_of_what_the_vendor_reads(
    cast: Cast, dana: Client, at: datetime
) -> None:
    key = month_with_misses(cast, at)
    page = text_of(dana.get(f"/report/?month={key}"))
    assert "Promises kept: 2 of 4 (50 %)" in page
    assert "4 promises: read percentages with care." in page
    for standing, number in numbers_of(page).items():
        listed = dana.get(f"/report/list/?month={key}&standing={standing}").content.decode()
        assert listed.count('<th scope="row"') == number, standing
    sheet = dana.get(f"/report/sheet/?month={key}").content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(sheet)))
    assert [row[1:5] for row in rows[1:]] == [["4", "2", "2", "0"]]
    asked = Asked(period=month_of(at, vendor_zone()), customer=cast.nordwind.pk)
    vendors = Promises(asked).total().tally
    assert (vendors.promises, vendors.met, vendors.missed) == (4, 2, 2)


def test_p_05_what_was_promised_nothing_is_linked_too(
    cast: Cast, dana: Client, at: datetime
) -> None:
    key = month_with_misses(cast, at)
    assert "Best effort: 1 request, no promise" in text_of(dana.get(f"/report/?month={key}"))
    page = text_of(dana.get(f"/report/without-promise/?month={key}"))
    assert "1 request without a promise" in page
    assert "Rename a field (Sam Ortiz)" in page


@pytest.mark.parametrize("part", ["", "list/", "list/sheet/", "sheet/"])
def test_p_04_a_private_request_counts_and_is_not_named(
    cast: Cast, dana: Client, at: datetime, part: str
) -> None:
    key = month_with_misses(cast, at)
    answer = dana.get(f"/report/{part}?month={key}")
    content = answer.getvalue()
    assert b"Complaint" not in content
    if part != "sheet/":
        assert b"Private request" in content


def test_it_is_given_as_a_pdf_that_screen_readers_can_read(
    cast: Cast, dana: Client, at: datetime
) -> None:
    key = month_with_misses(cast, at)
    answer = dana.get(f"/report/pdf/?month={key}")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in answer.content
    assert b"/Lang" in answer.content


def test_a_name_in_letters_that_no_font_has_still_makes_a_pdf(cast: Cast, dana: Client) -> None:
    cast.nordwind.name = "北風 #raw(`x`) *GmbH* \\"
    cast.nordwind.save(update_fields=["name"])
    assert dana.get("/report/pdf/").content.startswith(b"%PDF-")


def test_others_are_told_whom_to_ask(sam: Client) -> None:
    assert sam.get("/report/pdf/").status_code == 403
    assert sam.get("/report/without-promise/").status_code == 403


def chosen(cast: Cast) -> None:
    for contact in (cast.dana, cast.sam):
        contact.mailed_report = True
        contact.save(update_fields=["mailed_report"])


def test_it_is_mailed_once_on_the_second_working_day_to_super_admins_who_chose_it(
    cast: Cast, last: Period
) -> None:
    chosen(cast)
    due = last.begin + timedelta(days=9)
    sent_by(cast.dana, at=due)
    wake_due(at=due + timedelta(hours=2))
    before = OutgoingMail.objects.count()
    second = working_day(last, 2, vendor_zone())
    assert send_reports(at=second - timedelta(seconds=1)) == 0
    for hour in range(3):
        send_reports(at=second + timedelta(hours=hour))
    mails = OutgoingMail.objects.order_by("pk")[before:]
    name = month_name(last, vendor_zone())
    assert [(mail.to, mail.subject) for mail in mails] == [
        ("dana@nordwind.example", f"Report: {name}")
    ]
    assert f"{name}. Promises kept: 0 of 1 (0 %)." in mails[0].text
    assert f"/report/?month={last.begin.astimezone(vendor_zone()):%Y-%m}" in mails[0].text


def test_a_report_that_nobody_mailed_in_time_is_not_mailed_weeks_later(
    cast: Cast, last: Period
) -> None:
    chosen(cast)
    late = working_day(last, 2, vendor_zone()) + timedelta(days=10)
    assert send_reports(at=late) == 0
