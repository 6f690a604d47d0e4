"""How much time a target allows, read from its words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from answerable.entitlements.core.allowance import Allowance, Basis, read_allowance
from answerable.entitlements.core.plan import PlanError

HOUR = timedelta(hours=1)
NONE = timedelta(0)


@pytest.mark.parametrize(
    ("words", "basis", "allowance"),
    [
        ("9h", None, Allowance(9 * HOUR)),
        ("9h", Basis.BUSINESS_DAY, Allowance(9 * HOUR)),
        ("1bd", None, Allowance(NONE, 1, Basis.BUSINESS_DAY)),
        ("1bd", Basis.ELAPSED, Allowance(NONE, 1, Basis.BUSINESS_DAY)),
        ("1bd 4h", None, Allowance(4 * HOUR, 1, Basis.BUSINESS_DAY)),
        ("2d", Basis.BUSINESS_DAY, Allowance(NONE, 2, Basis.BUSINESS_DAY)),
        ("2d", Basis.ELAPSED, Allowance(NONE, 2, Basis.ELAPSED)),
        ("2d12h", Basis.ELAPSED, Allowance(12 * HOUR, 2, Basis.ELAPSED)),
        ("2d", Basis.OFFICE_HOURS, Allowance(48 * HOUR)),
        ("0bd", None, Allowance(NONE)),
    ],
)
def test_it_reads(words: str, basis: Basis | None, allowance: Allowance) -> None:
    assert read_allowance(words, basis) == allowance


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("30", "It has no unit: write 30m for minutes, 30h for hours."),
        ("soon", "'soon' is not a duration like 30m, 4h, 2d or 1bd."),
        ("", "is not a duration like"),
        ("1h bd", "is not a duration like"),
        ("1d1bd", "Write either d or bd."),
        ("2d", 'Write day = "24h", "business_day" or "office_hours" beside it'),
    ],
)
def test_it_says_what_to_write_instead(words: str, says: str) -> None:
    with pytest.raises(PlanError) as wrong:
        read_allowance(words)
    assert says in str(wrong.value)


def test_it_compares_by_days_of_24_hours() -> None:
    assert read_allowance("1bd4h").nominal == 28 * HOUR
    assert read_allowance("9h").nominal == 9 * HOUR
