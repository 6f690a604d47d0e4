"""Two leads, two colleagues, and late news, at the same time on the same miss."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest

from answerable.cast import Cast
from answerable.sla.actions import AlreadyExcused, NoAppeal, decide_appeal
from answerable.sla.models import Appeal, Excuse
from answerable.sla.tests.misses import HOUR, appealed_by, excused_by, missed_by
from answerable.tickets.actions import answer, mark_delivered
from answerable.tickets.tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, at: datetime) -> Cast:
    return Cast(at)


def test_one_of_two_leads_excuses_a_miss(people: Cast, at: datetime) -> None:
    missed = missed_by(people.dana, at)
    leads = (people.lena, people.ida)
    done = at_once([partial(excused_by, who, missed, at=at) for who in leads])
    assert [type(one) for one in done if isinstance(one, Exception)] == [AlreadyExcused]
    assert Excuse.objects.count() == 1


def test_one_of_two_colleagues_appeals_and_one_of_two_decides(
    people: Cast, at: datetime
) -> None:
    excuse = excused_by(people.lena, missed_by(people.dana, at), at=at)
    both = (people.dana, people.kim)
    done = at_once([partial(appealed_by, who, excuse, at=at) for who in both])
    assert [type(one) for one in done if isinstance(one, Exception)] == [NoAppeal]
    decide = partial(decide_appeal, Appeal.objects.get(), agent=people.ida, answer="So.", at=at)
    decisions: list[Callable[[], Appeal]] = [partial(decide, upheld=u) for u in (True, False)]
    decided = at_once(decisions)
    assert [type(one) for one in decided if isinstance(one, Exception)] == [NoAppeal]
    assert Excuse.objects.standing().exists() != Appeal.objects.get().upheld


def test_no_excuse_outlives_late_news_of_a_reply_in_time(people: Cast, at: datetime) -> None:
    missed = missed_by(people.dana, at)
    reply = answer(missed.ticket, agent=people.ana, body="Use it.", seen=2**62, at=at)
    works: list[Callable[[], object]] = [
        partial(excused_by, people.lena, missed, at=at + 2 * HOUR),
        partial(mark_delivered, reply, at=at + HOUR / 2),
    ]
    at_once(works)
    missed.refresh_from_db()
    assert missed.outcome == "met"
    assert not Excuse.objects.standing().exists()
