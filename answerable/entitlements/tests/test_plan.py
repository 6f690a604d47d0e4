"""A plan says what it must, or in words what is wrong with it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.entitlements.actions import SHIPPED, read_plan_file
from answerable.entitlements.core.document import read_document
from answerable.entitlements.core.plan import PlanError
from answerable.entitlements.core.reading import examine, read_terms
from answerable.entitlements.tests.rich import RICH

Document = dict[str, Any]
PREMIUM = read_plan_file(SHIPPED / "premium.toml")
MINUTE = timedelta(minutes=1)


def test_it_ships_a_plan_with_the_terms_of_the_mission() -> None:
    terms = read_terms(PREMIUM)
    assert [(t.key, t.kind, t.within, t.calendar) for t in terms.targets] == [
        ("critical", "guarantee", 30 * MINUTE, "always"),
        ("standard", "guarantee", 60 * MINUTE, "always"),
        ("aim", "aim", 9 * 60 * MINUTE, "office"),
        ("callback", "aim", 5 * MINUTE, "always"),
    ]
    assert (terms.tier, terms.languages, terms.triage_share) == ("enterprise", ("en",), 0.5)
    assert [step.percent for step in terms.ladder] == [0, 25, 50, 80, 100]
    assert terms.requesters["super_admin"].designated
    assert terms.calendars["office"].weekly[0] == (("08:00", "17:00"),)
    assert terms.handling["standard"] == 9 * MINUTE
    assert terms.target("aim").channels == ()


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
PLAN = read_document(RICH)


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    pairs = enumerate(value) if isinstance(value, list) else ()
    for key, inner in value.items() if isinstance(value, dict) else pairs:
        yield (*path, key)
        yield from places(inner, (*path, key))


@given(st.sampled_from(list(places(PLAN))), values)
def test_it_meets_any_nonsense_with_words(place: tuple[Any, ...], value: object) -> None:
    plan: Any = copy.deepcopy(PLAN)
    table = plan
    for key in place[:-1]:
        table = table[key]
    table[place[-1]] = value
    for finding in examine(plan).findings:
        assert str(finding)


@given(values)
def test_it_meets_any_nonsense_for_a_plan_with_words(value: object) -> None:
    assert examine(value).errors


def test_it_says_which_file_is_no_toml(tmp_path: Path) -> None:
    file = tmp_path / "gold.toml"
    for odd in (b"key =", b"\xff"):
        file.write_bytes(odd)
        with pytest.raises(PlanError, match=r"gold\.toml: "):
            read_plan_file(file)
