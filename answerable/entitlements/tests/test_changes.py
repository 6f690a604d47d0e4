"""What changed between two versions is said in the plan's own words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.entitlements.core.changes import changes
from answerable.entitlements.core.document import read_document
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.reading import read_terms
from answerable.entitlements.core.writing import to_toml
from answerable.entitlements.files import SHIPPED, read_plan_text
from answerable.entitlements.tests.changing import Change, add, drop, put, target
from answerable.entitlements.tests.rich import RICH


def between(*changed: Change) -> list[tuple[str, str, str]]:
    document = read_document(RICH)
    for change in changed:
        change(document)
    found = changes(read_terms(read_document(RICH)), read_terms(document))
    return [(" ".join(one.what), one.before, one.after) for one in found]


@pytest.mark.parametrize(
    ("change", "what", "before", "after"),
    [
        (put(name="Richer"), "name", "Rich", "Richer"),
        (put(languages=["en"]), "languages", "en, de", "en"),
        (drop("terms_url"), "terms_url", "https://vendor.example/terms", "-"),
        (put("prerequisite", tier="pro"), "tier", "enterprise", "pro"),
        (target(0, within="15m", due_soon="6m"), "targets urgent within", "30 min", "15 min"),
        (target(1, within="2bd"), "targets normal within", "1 working day", "2 working days"),
        (target(0, channels=["form"]), "targets urgent channels", "form, phone", "form"),
        (target(0, kept="90%"), "targets urgent kept_share", "0.95", "0.9"),
        (
            put("calendars", "office", mon=["08:00-16:00"]),
            "calendars office mon",
            "08:00-12:00, 13:00-17:00",
            "08:00-16:00",
        ),
        (drop("calendars", "office", "fri"), "calendars office fri", "08:00-17:00", "-"),
        (
            put("severities", "normal", name="Usual"),
            "severities normal name",
            "normal",
            "Usual",
        ),
        (put("response", voicemail=False), "response voicemail", "yes", "no"),
        (put("pauses", "waiting", at_most="2h"), "pauses waiting at_most", "4 days", "2 h"),
        (put("remedies", 0, more_than=9), "remedies credit more_than", "4", "9"),
        (
            add("ladder", at=90, tell=["lead", "agent"]),
            "ladder 90",
            "",
            "percent 90, tell lead, agent",
        ),
    ],
)
def test_it_names_what_changed(change: Change, what: str, before: str, after: str) -> None:
    assert between(change) == [(what, before, after)]


def test_it_says_all_of_a_row_that_is_gone() -> None:
    assert between(drop("targets", 3), drop("pauses", "waiting"))[0] == (
        "targets updates",
        "metric status_update, severity urgent, requester contact, within 1 h, "
        "calendar always, kind guarantee, every yes",
        "",
    )


def test_it_names_days_off_and_weeks_by_their_dates() -> None:
    def with_days(*days: dict[str, str], week: str = "mon-fri 08:00-17:00") -> Terms:
        document = read_document(RICH)
        document["holidays"] = {"ours": {"days": list(days)}}
        office = {"holidays": ["ours"], "from": [{"on": "2031-01-01", "open": [week]}]}
        document["calendars"]["office"] |= office
        return read_terms(document)

    before = with_days({"on": "2030-12-24"}, {"on": "2030-12-31"})
    after = with_days({"on": "2030-12-31"}, {"on": "2031-01-06", "name": "Epiphany"})
    assert [(" ".join(one.what), one.before, one.after) for one in changes(before, after)] == [
        ("calendars office holidays ours days 2030-12-24", "on 2030-12-24", ""),
        (
            "calendars office holidays ours days 2031-01-06",
            "",
            "on 2031-01-06, name Epiphany",
        ),
    ]
    many = [{"on": f"2030-12-{day}"} for day in range(10, 20)]
    assert changes(before, with_days(*many))[-1].after == "on 2030-12-19"
    (*_rest, whole) = changes(read_terms(read_document(RICH)), with_days(*many))
    assert whole.after == "days 10 days"
    (monday, *_rest) = changes(before, with_days(week="mon-fri 09:00-17:00"))
    assert monday.what == ("calendars", "office", "later", "2031-01-01", "mon")


def test_it_says_nothing_of_what_is_written_otherwise() -> None:
    assert between(target(0, within="30m"), put("response", by="assignee")) == []
    assert between(target(1, channels=[])) == []


def test_it_tells_shipped_plans_apart() -> None:
    plans = [read_terms(read_document(read_plan_text(file))) for file in SHIPPED.glob("*.toml")]
    for one in plans:
        for other in plans:
            assert bool(changes(one, other)) == (one is not other)
            for change in changes(one, other):
                assert change.before != change.after


@pytest.mark.parametrize("text", [RICH, *map(read_plan_text, sorted(SHIPPED.glob("*.toml")))])
def test_it_writes_a_plan_that_reads_the_same(text: str) -> None:
    document = read_document(text)
    assert read_document(to_toml(document)) == document


values = st.recursive(
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("ab .\"'é\n", max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abc-_", min_size=1, max_size=4), values, max_size=4))
def test_it_writes_any_document_that_reads_the_same(document: dict[str, Any]) -> None:
    assert read_document(to_toml(document)) == document
