"""All that is wrong is told at once, with its line; what can hardly be meant is a warning."""

from __future__ import annotations

import copy

import pytest

from answerable.entitlements.core.document import examine_text, read_document
from answerable.entitlements.core.findings import PlanRefused
from answerable.entitlements.core.reading import read_terms
from answerable.entitlements.core.wrong import PlanError
from answerable.entitlements.tests.changing import (
    DECIDE,
    NORMAL,
    UPDATES,
    URGENT,
    Change,
    drop,
    found,
    put,
    target,
)
from answerable.entitlements.tests.rich import RICH

WARNINGS: list[tuple[Change, str]] = [
    (
        put("pauses", "waiting", metrics=["first_response"]),
        "The first reply would be paused in the state 'waiting'",
    ),
    (
        put("pauses", "waiting", metrics=["resolution"]),
        "'resolution' would be paused in the state 'waiting', and no target measures it.",
    ),
    (drop("targets", UPDATES, "every"), "'updates' is a status update that comes once."),
    (
        drop("targets", DECIDE),
        "nothing says until when that must be done.",
    ),
]


@pytest.mark.parametrize(("change", "words"), WARNINGS)
def test_it_warns_of_what_can_hardly_be_meant(change: Change, words: str) -> None:
    (warning,) = found(change)
    assert not warning.is_error
    assert words in str(warning)


PREMIUM_LIKE = """
[[targets]]
key = "fast"
metric = "first_response"
severity = "{severity}"
requester = "contact"
within = "{within}"
calendar = "always"
kind = "guarantee"
"""


def test_it_warns_of_a_critical_request_that_waits_longer() -> None:
    rows = [("urgent", "2h"), ("normal", "1h")]
    text = RICH + "".join(
        PREMIUM_LIKE.format(severity=severity, within=within).replace("fast", severity + "2")
        for severity, within in rows
    )
    (warning,) = examine_text(text).findings
    assert str(warning) == "Urgent (2 h) is slower than normal (1 h)."
    assert text.splitlines()[(warning.line or 0) - 1] == 'within = "2h"'


def test_it_names_both_rows_of_a_tie_and_a_request_that_fits_both() -> None:
    one = PREMIUM_LIKE.format(severity="urgent", within="1h")
    other = one.replace("fast", "by_phone").replace(
        'severity = "urgent"', 'channels = ["phone"]'
    )
    (tie,) = examine_text(RICH + one + other).findings
    assert tie.is_error
    assert tie.words == (
        "Targets 'fast' and 'by_phone' are as specific as each other, and one request can fit "
        "both: urgent, by support contact, through phone."
    )
    assert tie.instead == (
        "Name something in one of them that the other leaves open, such as channels."
    )
    apart = other.replace("kind", 'languages = ["en"]\nkind')
    assert examine_text(RICH + one + apart).findings == ()


def test_it_tells_everything_at_once() -> None:
    document = read_document(RICH)
    for change in (
        drop("name"),
        target(URGENT, within=30, kept="much", wihtin="1h"),
        target(NORMAL, calendar="ofice"),
        put("requesters", "contact", designated="yes"),
        put("calendars", "office", zone="Berlin"),
        put("remedies", 1, days="one"),
    ):
        change(document)
    with pytest.raises(PlanRefused) as refused:
        read_terms(document)
    assert [finding.path for finding in refused.value.findings] == [
        ("name",),
        ("calendars", "office", "zone"),
        ("requesters", "contact", "designated"),
        ("targets", 0, "within"),
        ("targets", 0, "kept"),
        ("targets", 0, "wihtin"),
        ("remedies", 1, "days"),
        ("targets", 1, "calendar"),
    ]
    assert str(refused.value).count("\n") == 7
    assert isinstance(refused.value, PlanError)
    assert refused.value.path == ("name",)


def test_it_does_not_blame_a_row_for_what_is_wrong_elsewhere() -> None:
    (only,) = found(put(calendars={"always": 1, "office": {"zone": "UTC", "mon": "9"}}))[:1]
    errors = found(put("calendars", "office", zone=""))
    assert [error.path for error in errors] == [("calendars", "office", "zone")]
    assert only.path == ("calendars", "always")


def test_it_names_the_line_of_each() -> None:
    text = RICH.replace('within = "30 min"', "within = 30").replace(
        'calendar = "office"\nkind', "kindd = 3\nkind"
    )
    lines = text.splitlines()
    findings = examine_text(text).findings
    assert [(lines[(one.line or 0) - 1], one.path[-1]) for one in findings] == [
        ("within = 30", "within"),
        ("[[targets]]", "calendar"),
        ("kindd = 3", "kindd"),
    ]


def test_it_leaves_a_document_as_it_was() -> None:
    document = read_document(RICH)
    before = copy.deepcopy(document)
    read_terms(document)
    assert document == before
