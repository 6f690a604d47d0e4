"""When somebody may be asked, by rules alone."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.entitlements.core.survey import (
    SCALES,
    Survey,
    survey_as_json,
    survey_from_json,
)
from answerable.surveys.core.asking import (
    LATEST,
    Facts,
    Why,
    due_at,
    ends_at,
    is_persons,
    why_not,
    words_for,
)
from answerable.surveys.core.scales import Counts, answers_on, counts_as
from answerable.surveys.core.tally import ENOUGH, Tally, share

MONDAY = datetime(2025, 10, 20, 8, tzinfo=UTC)
lengths = st.timedeltas(timedelta(0), timedelta(days=60))
flags = {one.name: st.booleans() for one in fields(Facts) if one.name != "asked_at"}
before = st.none() | st.builds(lambda length: MONDAY - length, lengths)
facts = st.builds(Facts, **flags, asked_at=before)
surveys = st.builds(
    Survey,
    ask=st.just(True),
    after=lengths,
    scale=st.sampled_from(sorted(SCALES)),
    question=st.dictionaries(st.sampled_from(["en", "de", "pt-BR"]), st.text(min_size=1)),
    every=lengths,
    open_for=lengths,
    after_silence=st.booleans(),
)


@given(surveys, facts)
def test_somebody_is_asked_only_when_nothing_speaks_against_it(
    survey: Survey, known: Facts
) -> None:
    """The rule said again, the other way round."""
    why = why_not(survey, known, MONDAY, MONDAY)
    recently = known.asked_at is not None and MONDAY - known.asked_at < survey.every
    may = (
        known.is_resolved
        and known.is_known
        and known.is_verified
        and known.is_person
        and known.was_answered
        and not (known.is_merged or known.has_left or known.refuses or recently)
        and (survey.after_silence or not known.by_silence)
    )
    assert (why is None) == may


@given(surveys, facts)
def test_who_may_not_be_asked_may_not_be_asked_for_more_reasons(
    survey: Survey, known: Facts
) -> None:
    if why_not(survey, known, MONDAY, MONDAY):
        assert why_not(survey, replace(known, refuses=True), MONDAY, MONDAY)
        assert why_not(survey, replace(known, is_merged=True), MONDAY, MONDAY) == Why.MERGED


@given(surveys, st.lists(lengths, max_size=8))
def test_nobody_is_asked_twice_within_the_time_of_the_plan(
    survey: Survey, gaps: list[timedelta]
) -> None:
    at, last = MONDAY, None
    for gap in gaps:
        at += gap
        if why_not(survey, Facts(asked_at=last), at, at) is None:
            assert last is None or at - last >= survey.every
            last = at


@given(surveys)
def test_it_is_due_once_its_time_is_over_and_then_open_for_a_while(survey: Survey) -> None:
    due = due_at(survey, MONDAY)
    assert due - MONDAY == survey.after
    assert ends_at(survey, due) - due == survey.open_for


@pytest.mark.parametrize(("late", "why"), [(timedelta(0), None), (LATEST, None)])
def test_what_is_noticed_a_little_late_is_still_asked(late: timedelta, why: Why | None) -> None:
    assert why_not(Survey(), Facts(), MONDAY, MONDAY + late) is why


def test_after_days_of_outage_nobody_is_asked() -> None:
    late = MONDAY + LATEST + timedelta(seconds=1)
    assert why_not(Survey(), Facts(), MONDAY, late) == Why.LATE


@given(surveys)
def test_rules_are_kept_as_they_were(survey: Survey) -> None:
    assert survey_from_json(survey_as_json(survey)) == survey


def test_rules_of_before_have_the_defaults_of_what_they_do_not_say() -> None:
    assert survey_from_json({"ask": True}) == Survey(ask=True)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("dana@nordwind.example", True),
        ("norbert.reply@nordwind.example", True),
        ("no-reply@nordwind.example", False),
        ("Do.Not.Reply@nordwind.example", True),
        ("donotreply+7@nordwind.example", False),
        ("MAILER-DAEMON@nordwind.example", False),
        ("alerts@nordwind.example", False),
    ],
)
def test_programs_go_by_names_of_their_own(address: str, expected: bool) -> None:
    assert is_persons(address) is expected


def test_the_question_is_in_the_readers_language_or_its_parents() -> None:
    survey = Survey(question={"de": "Wie war es?", "pt": "Como foi?"})
    assert words_for(survey, "de") == "Wie war es?"
    assert words_for(survey, "pt-br") == "Como foi?"
    assert words_for(survey, "en") == ""


@given(st.sampled_from(sorted(SCALES)))
def test_better_answers_never_count_as_worse(scale: str) -> None:
    order = [Counts.BAD, Counts.MIDDLING, Counts.GOOD]
    counted = [order.index(counts_as(scale, answer)) for answer in answers_on(scale)]
    assert counted == sorted(counted)
    assert (counted[0], counted[-1]) == (0, 2)
    assert counted.count(0) == counted.count(2)


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_share_is_said_only_of_enough_and_never_rounded_to_all_or_none(
    part: int, more: int
) -> None:
    whole = part + more
    said = share(part, whole)
    assert (said is None) == (whole < ENOUGH)
    if said is not None:
        assert (said == 100) == (part == whole)
        assert (said == 0) == (part == 0)
        assert abs(said - 100 * part / whole) <= 1


def test_tallies_add_up() -> None:
    few = Tally(asked=4, answered=2, good=1, bad=1, comments=1)
    assert (few.share_answered, few.share_good) == (None, None)
    more = few + Tally(asked=6, answered=3, good=3)
    assert more == Tally(asked=10, answered=5, good=4, bad=1, comments=1)
    assert (more.share_answered, more.share_good) == (50, 80)
