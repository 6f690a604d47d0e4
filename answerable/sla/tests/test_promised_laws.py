"""What an agent promises is due at the very instant that was named, by the usual rule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.entitlements.actions import SHIPPED
from answerable.entitlements.core.document import read_document
from answerable.entitlements.core.promised import (
    Word,
    is_summary,
    promised_key,
    promised_length,
)
from answerable.entitlements.core.reading import read_terms
from answerable.entitlements.files import read_plan_text
from answerable.sla.core.proposing import EVEN, even
from answerable.sla.core.response import Said, is_word
from answerable.sla.due import allowance_of, due_of

TERMS = read_terms(read_document(read_plan_text(SHIPPED / "premium.toml")))
INSTANTS = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001  # Their zone is added.
    datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
LENGTHS = st.timedeltas(timedelta(microseconds=1), timedelta(days=30))
WORDS = st.sampled_from(Word)


@given(INSTANTS, LENGTHS, WORDS)
def test_it_is_due_at_the_instant_that_was_named(
    since: datetime, length: timedelta, word: Word
) -> None:
    row = TERMS.target(promised_key(length, word))
    due = due_of(TERMS, row.key, row.metric, since)
    assert (due.at, due.doubt) == (since + length, "")
    assert allowance_of(TERMS, row, row.metric) == length
    assert TERMS.calendar(row).always


@given(LENGTHS, WORDS)
def test_its_key_says_what_was_promised(length: timedelta, word: Word) -> None:
    key = promised_key(length, word)
    assert promised_length(key) == length
    assert is_summary(key) == (word == Word.SUMMARY)
    assert len(key) <= 60


@given(st.text(max_size=20))
def test_no_other_key_is_taken_for_one(text: str) -> None:
    length = promised_length(text)
    assert length is None or promised_key(length, Word(text.partition(":")[0])).endswith(
        text.partition(":")[2].lstrip("0")
    )


def test_a_row_that_nobody_promised_is_unknown() -> None:
    assert promised_length(TERMS.targets[0].key) is None
    with pytest.raises(KeyError):
        TERMS.target("promised:soon")
    with pytest.raises(ValueError, match="ahead"):
        promised_key(timedelta(0))


@given(INSTANTS, LENGTHS)
def test_an_even_time_is_no_later_and_leaves_half(at: datetime, length: timedelta) -> None:
    due = at + length
    proposed = even(due, at)
    assert at + length / 2 <= proposed <= due
    assert proposed == due or proposed.timestamp() % EVEN.total_seconds() == 0


@given(st.booleans(), st.booleans(), st.sampled_from(["delivered", "call_connected"]))
def test_a_word_of_a_person_keeps_it_and_a_summary_is_written(
    by_person: bool, in_writing: bool, verb: str
) -> None:
    said = Said(verb, by_person=by_person, is_bulk=True)
    kept = by_person and (verb == "delivered" or not in_writing)
    assert is_word(said, in_writing=in_writing) == kept
