"""What is owed for missed promises: GitHub's credit, ZITADEL's days, and any bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.entitlements.core.clauses import Band, Remedy
from answerable.sla.core.counting import Kept
from answerable.sla.core.periods import Period
from answerable.sla.core.remedies import Settlement, settle
from answerable.sla.tests.outcomes import (
    BANDS,
    BERLIN,
    GITHUB,
    HOUR,
    REMEDIES,
    ZITADEL,
    on,
    promise,
    promises,
)

TERM = Period(on(2025, 1, 1), on(2026, 1, 1))
LATER = on(2025, 10, 1)
MINUTE = timedelta(minutes=1)


def settled(kept: Sequence[Kept], remedy: Remedy, at: datetime = LATER) -> list[Settlement]:
    return settle(kept, remedy, zone=BERLIN, term=TERM, at=at)


def owed(kept: Sequence[Kept], remedy: Remedy) -> tuple[float, float]:
    found = settled(kept, remedy)
    return sum(one.percent for one in found), sum(one.days for one in found)


def test_github_owes_a_fifth_for_more_than_four_tickets_in_a_fiscal_quarter() -> None:
    four = [promise(number, on(2025, 2, number)) for number in range(1, 5)]
    (quarter,) = settled(four, GITHUB)
    assert (quarter.percent, quarter.is_owed, len(quarter.misses)) == (0, False, 4)
    (quarter,) = settled([*four, promise(5, on(2025, 4, 30, 23, 59))], GITHUB)
    assert (quarter.percent, quarter.days) == (20, 0)
    assert quarter.period == Period(on(2025, 2, 1, 0), on(2025, 5, 1, 0))


def test_github_counts_another_quarter_for_itself() -> None:
    split = [promise(number, on(2025, 4, 28)) for number in range(1, 5)]
    split.append(promise(5, on(2025, 5, 1, 0)))
    assert [one.percent for one in settled(split, GITHUB)] == [0, 0]


def test_github_counts_a_ticket_once() -> None:
    twice = [promise(number, on(2025, 3, 1), ticket=number % 4) for number in range(8)]
    assert owed(twice, GITHUB) == (0, 0)


def test_github_may_be_claimed_from_for_thirty_days() -> None:
    five = [promise(number, on(2024, 12, 20)) for number in range(5)]
    (quarter,) = settled(five, GITHUB)
    assert quarter.claim_by == on(2025, 3, 3, 0)  # the thirtieth day is 2 March
    assert quarter.claim(on(2025, 3, 2, 23, 59)) == "claimable"
    assert quarter.claim(on(2025, 3, 3, 0)) == "waived"
    assert quarter.is_owed


def test_nothing_owed_is_nothing_to_waive() -> None:
    (quarter,) = settled([promise(1, on(2025, 2, 1))], GITHUB)
    assert quarter.claim(on(2030, 1, 1)) == "nothing"


@pytest.mark.parametrize(
    ("minutes", "days"), [(1, 0), (14, 0), (15, 1), (29, 1), (30, 2), (150, 10)]
)
def test_zitadel_adds_a_day_for_every_quarter_of_an_hour_over(minutes: int, days: int) -> None:
    due_at = on(2025, 3, 3)
    late = promise(1, due_at, answered_at=due_at + minutes * MINUTE)
    assert owed([late], ZITADEL) == (0, days)


def test_zitadel_adds_up_each_miss_by_itself() -> None:
    due_at = on(2025, 3, 3)
    late = [promise(n, due_at, answered_at=due_at + 29 * MINUTE) for n in range(3)]
    assert owed(late, ZITADEL) == (0, 3)


def test_zitadel_answers_ten_days_after_the_last_claim() -> None:
    (march,) = settled([promise(1, on(2025, 3, 3))], ZITADEL)
    assert march.claim_by == on(2025, 5, 1, 0)
    assert march.answer_by == on(2025, 5, 11, 0)


def test_what_is_not_answered_yet_is_over_until_now() -> None:
    due_at = LATER - 46 * MINUTE
    waiting = promise(1, due_at, answered_at=None)
    assert settled([waiting], ZITADEL)[0].days == 3
    assert settled([waiting], ZITADEL, at=due_at - HOUR)[0].days == 0


def test_only_time_that_counts_is_over() -> None:
    """Due at 16:45 and answered at 8:15, with the night closed: half an hour over."""
    due_at = on(2025, 3, 3, 16, 45)
    late = promise(1, due_at, answered_at=on(2025, 3, 4, 8, 15), over=30 * MINUTE)
    assert owed([late], ZITADEL) == (0, 2)


@pytest.mark.parametrize(
    ("met", "missed", "percent"),
    [(100, 0, 0), (19, 1, 0), (18, 1, 5), (90, 10, 5), (89, 11, 10), (1, 2, 40), (0, 1, 40)],
)
def test_bands_credit_by_the_share_that_was_kept(met: int, missed: int, percent: int) -> None:
    kept = [promise(n, on(2025, 3, 3), "met") for n in range(met)]
    kept += [promise(1000 + n, on(2025, 3, 3)) for n in range(missed)]
    assert owed(kept, BANDS) == (percent, 0)


def test_bands_owe_nothing_while_nothing_fell_due() -> None:
    assert owed([promise(1, on(2025, 3, 3), "running")], BANDS) == (0, 0)


def test_only_the_metrics_and_severities_of_the_clause_qualify() -> None:
    clause = replace(GITHUB, more_than=0, severities=("urgent", "high"))
    due_at = on(2025, 3, 3)
    others = [promise(1, due_at), promise(2, due_at, severity="high", metric="resolution")]
    assert settled(others, clause) == []
    assert owed([promise(3, due_at, severity="high")], clause) == (20, 0)


def test_a_term_is_one_period_with_what_fell_due_after_it() -> None:
    clause = replace(ZITADEL, window="term")
    (term,) = settled([promise(1, on(2025, 3, 3)), promise(2, on(2026, 1, 2))], clause)
    assert (term.period, len(term.misses)) == (TERM, 2)
    assert term.claim_by == on(2026, 1, 31)


def test_an_excused_miss_is_counted_and_owes_nothing() -> None:
    five = [promise(n, on(2025, 3, n + 1)) for n in range(5)]
    five[0] = replace(five[0], excused=True)
    (quarter,) = settled(five, GITHUB)
    assert (quarter.percent, quarter.tally.missed, quarter.tally.excused) == (0, 4, 1)


@given(promises(), REMEDIES)
def test_every_promise_is_in_one_period(kept: Sequence[Kept], remedy: Remedy) -> None:
    found = settled(kept, remedy)
    assert sum(one.tally.promises + one.tally.left_out for one in found) == len(kept)
    misses = [miss.clock for one in found for miss in one.misses]
    missed = [one.clock for one in kept if one.outcome == "missed" and not one.excused]
    assert sorted(misses) == missed


@given(promises(), REMEDIES, st.data())
def test_more_misses_never_owe_less(
    kept: Sequence[Kept], remedy: Remedy, data: st.DataObject
) -> None:
    worse = [
        replace(one, outcome="missed", answered_at=one.due_at + HOUR, excused=False)
        if one.outcome in {"met", "running"} and data.draw(st.booleans())
        else one
        for one in kept
    ]
    worse.append(promise(999, on(2025, 3, 3), ticket=999))
    more, before = owed(worse, remedy), owed(kept, remedy)
    assert more[0] >= before[0]
    assert more[1] >= before[1]


@given(promises(), REMEDIES, st.data())
def test_an_excuse_never_raises_what_is_owed(
    kept: Sequence[Kept], remedy: Remedy, data: st.DataObject
) -> None:
    milder = [replace(one, excused=one.excused or data.draw(st.booleans())) for one in kept]
    less, before = owed(milder, remedy), owed(kept, remedy)
    assert less[0] <= before[0]
    assert less[1] <= before[1]


@given(promises(), REMEDIES)
def test_no_credit_is_above_its_cap(kept: Sequence[Kept], remedy: Remedy) -> None:
    for one in settled(kept, remedy):
        assert one.percent <= (remedy.cap_percent if remedy.cap_percent is not None else 10**9)


def test_the_lowest_band_counts_in_whatever_order_they_stand() -> None:
    turned = replace(BANDS, bands=(Band(0.5, 50), Band(0.95, 5)), cap_percent=None)
    assert owed([promise(1, on(2025, 3, 3))], turned) == (50, 0)
