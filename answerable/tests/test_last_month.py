"""The demonstration has a month to look back on, whatever day it is loaded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from answerable.cast import Cast
from answerable.cast.last_month import tell_last_month
from answerable.sla.core.counting import Tally
from answerable.sla.core.periods import month, month_of
from answerable.sla.kept import Asked, Promises
from answerable.sla.owed import contracts_with_remedies, owed_under
from answerable.sla.report_words import vendor_zone
from answerable.tests.kept_cast import cast_at


@pytest.mark.parametrize(
    "at", [datetime(2026, 3, 1, 0, 5, tzinfo=UTC), datetime(2026, 1, 31, 23, 30, tzinfo=UTC)]
)
def test_it_leaves_something_to_see(db: None, at: datetime) -> None:
    zone = vendor_zone()
    cast: Cast = cast_at(at)
    tell_last_month(cast, at=at)
    local = at.astimezone(zone)
    last = month(local.year, local.month - 1, zone)
    assert Promises(Asked(period=last)).total().tally == Tally(met=7, missed=3, excused=1)
    assert Promises(Asked(period=month_of(at, zone))).total().tally == Tally()
    owed = owed_under(list(contracts_with_remedies()), at=at, zone=zone)
    assert [(one.contract.order_ref, one.settlement.percent) for one in owed] == [
        ("HE-2041", 10)
    ]
