"""A plan says what it must, or in words what is wrong with it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.entitlements.actions import SHIPPED, read_plan_file
from answerable.entitlements.core.plan import PlanError
from answerable.entitlements.core.reading import duration, read_terms

Document = dict[str, Any]
PREMIUM = read_plan_file(SHIPPED / "premium.toml")
MINUTE = timedelta(minutes=1)


def test_it_ships_a_plan_with_the_terms_of_the_mission() -> None:
    terms = read_terms(PREMIUM)
    assert [(t.key, t.kind, t.within, t.calendar) for t in terms.targets] == [
        ("critical", "guarantee", 30 * MINUTE, "always"),
        ("standard", "guarantee", 60 * MINUTE, "always"),
        ("aim", "aim", 9 * 60 * MINUTE, "office"),
    ]
    assert (terms.tier, terms.languages, terms.triage_share) == ("enterprise", ("en",), 0.5)
    assert [step.percent for step in terms.ladder] == [0, 25, 50, 80, 100]
    assert terms.requesters["super_admin"].designated
    assert terms.calendars["office"].weekly[0] == (("08:00", "17:00"),)
    assert terms.handling["standard"] == 9 * MINUTE
    assert terms.target("aim").channels == ()


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("30m", 30), ("1h", 60), ("1h30m", 90), ("1h 30m", 90), ("45s", 0.75), ("2d", 2880)],
)
def test_it_reads_durations(words: str, minutes: float) -> None:
    assert duration(words) == minutes * MINUTE


@pytest.mark.parametrize("words", ["", "30", "m", "1.5h", "-1h", "half an hour", "1h30", "²h"])
def test_it_reads_nothing_else_as_a_duration(words: str) -> None:
    with pytest.raises(PlanError, match="is not a duration like"):
        duration(words)


Change = Callable[[Document], object]


def office(plan: Document) -> Document:
    found: Document = plan["calendars"]["office"]
    return found


def always(plan: Document) -> Document:
    found: Document = plan["calendars"]["always"]
    return found


def first(plan: Document) -> Document:
    found: Document = plan["targets"][0]
    return found


def climb(plan: Document, at: object, *tell: str) -> None:
    plan["ladder"].append({"at": at, "tell": list(tell)})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda p: p.pop("name"), "In the plan: 'name' is missing."),
        (lambda p: p.update(name=""), "'name' must be a text of 1 to 100 characters."),
        (lambda p: p.update(key="x" * 41), "'key' must be a text of 1 to 40 characters."),
        (lambda p: p.pop("calendars"), "In the plan: 'calendars' is missing."),
        (lambda p: p.update(calendars=[]), "calendars must be a table"),
        (lambda p: p.update(languages="en"), "'languages' must be a list of texts."),
        (lambda p: p.update(langauges=["en"]), "'langauges' is not known here."),
        (lambda p: office(p).update(zone="Berlin"), "no time zone"),
        (lambda p: office(p).update(zone="../etc"), "no time zone"),
        (lambda p: office(p).update(mon=["8-17"]), "not an interval like"),
        (lambda p: office(p).update(mon=["24:00-24:00"]), "not an interval like"),
        (lambda p: office(p).update(always=True), "always open and has hours"),
        (lambda p: always(p).pop("always"), "This calendar is never open. Add hours, or"),
        (lambda p: always(p).update(always="yes"), "must be true or false"),
        (
            lambda p: p["requesters"]["user"].update(designatde=True),
            "is not known here",
        ),
        (lambda p: first(p).pop("within"), "In targets, number 1: 'within' is missing."),
        (lambda p: first(p).update(within="soon"), "'soon' is not a duration"),
        (lambda p: first(p).update(within=30), "'within' must be a text"),
        (lambda p: first(p).update(within="0m"), "must allow some time"),
        (lambda p: first(p).update(kind="promise"), "must be one of guarantee, aim"),
        (lambda p: first(p).update(metric="smile"), "measures nothing known: smile"),
        (lambda p: first(p).update(calendar="moon"), "no known calendar: moon"),
        (lambda p: first(p).update(requester="all"), "for nobody known: all"),
        (lambda p: first(p).update(channels=["fax"]), "no known channel: fax"),
        (lambda p: first(p).update(severity=""), "'severity' must be a text"),
        (lambda p: p["targets"][1].update(key="critical"), "two of target 'critical'"),
        (lambda p: p.update(targets={"a": 1}), "'targets' must be a list of tables."),
        (lambda p: p["targets"].append("x"), "targets, number 4 must be a table"),
        (lambda p: p["triage"].update(share=0), "more than 0 and at most 1"),
        (lambda p: p["triage"].update(share="half"), "'share' must be a number."),
        (lambda p: p["triage"].update(share=True), "'share' must be a number."),
        (lambda p: p["triage"]["rubric"].append({"key": "data", "says": "x"}), "two of choice"),
        (lambda p: p["triage"]["rubric"].append({"key": "x"}), "'says' is missing"),
        (lambda p: climb(p, 25, "lead"), "two of step"),
        (
            lambda p: climb(p, 90, "boss"),
            "tells nobody known: boss",
        ),
        (lambda p: climb(p, 90), "which it tells somebody"),
        (lambda p: climb(p, 90.5, "lead"), "a whole per cent"),
        (lambda p: climb(p, -1, "lead"), "0 to 1000 per cent"),
        (lambda p: p["handling"].update(standard="quick"), "not a duration"),
    ],
)
def test_it_says_in_words_what_is_wrong(change: Change, words: str) -> None:
    plan = copy.deepcopy(PREMIUM)
    change(plan)
    with pytest.raises(PlanError) as wrong:
        read_terms(plan)
    assert words in str(wrong.value)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
places = st.sampled_from([(key,) for key in [*PREMIUM, "holidays"]])


@given(places, values)
def test_it_meets_any_nonsense_with_words(place: tuple[str], value: object) -> None:
    plan = copy.deepcopy(PREMIUM)
    plan[place[0]] = value
    with suppress(PlanError):
        read_terms(plan)


def test_it_says_which_file_is_no_toml(tmp_path: Path) -> None:
    file = tmp_path / "gold.toml"
    for odd in (b"key =", b"\xff"):
        file.write_bytes(odd)
        with pytest.raises(PlanError, match=r"gold\.toml: "):
            read_plan_file(file)
