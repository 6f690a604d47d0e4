"""Rules are tried on the past: what they would have done, and nothing is written."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.rules import actions
from answerable.rules.core.reading import Act, Condition, Rule, When
from answerable.rules.models import Run, Trial
from answerable.rules.tests.scenes import contains, tag
from answerable.tickets import actions as tickets
from answerable.tickets.actions import filing
from answerable.tickets.models import Tag, Ticket, TicketEvent
from answerable.tickets.tests.openings import opened

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def vip(cast: Cast, at: datetime) -> Tag:
    return tag(cast.ida, "VIP", at)


def tried(cast: Cast, at: datetime, *rules: Rule) -> list[tuple[int, int, int]]:
    """What each rule would have matched, on how many tickets, and how often nobody knows."""
    asked = [(number, f"Rule {number}", rule) for number, rule in enumerate(rules, start=1)]
    trial = actions.begin_trial(asked, agent=cast.ida, at=at)
    while actions.go_on_with_trial(trial.pk):
        pass
    found = Trial.objects.get(pk=trial.pk).found
    return [(one["matched"], one["tickets"], one["unknown"]) for one in found]


def test_it_says_which_tickets_a_rule_would_have_matched_and_writes_nothing(
    cast: Cast, vip: Tag, at: datetime
) -> None:
    mine = opened(cast.dana, at - 2 * DAY, body="The invoice is wrong.")
    opened(cast.sam, at - DAY)
    opened(cast.dana, at - 40 * DAY, body="An old invoice.")
    before = (TicketEvent.objects.count(), Ticket.objects.get(pk=mine.pk).priority)
    rule = Rule(
        every=(contains("invoice"),), then=(Act("priority", "high"), Act("tag", vip.slug))
    )
    assert tried(cast, at, rule) == [(1, 1, 0)]
    assert Trial.objects.get().found[0]["shown"][0][0] == mine.pk
    assert (TicketEvent.objects.count(), Ticket.objects.get(pk=mine.pk).priority) == before
    assert not Run.objects.exists()


def test_it_takes_what_was_so_then_and_not_what_is_so_now(
    cast: Cast, vip: Tag, at: datetime
) -> None:
    ticket, me = opened(cast.dana, at - 3 * DAY), tickets.Sender(contact=cast.dana)
    tickets.add_message(ticket, sender=me, body="First.", at=at - 2 * DAY)
    filing.tag_ticket(ticket, [vip], agent=cast.ana, at=at - 2 * DAY + HOUR)
    filing.set_priority(ticket, Ticket.Priority.HIGH, agent=cast.ana, at=at - DAY)
    tickets.take(ticket, agent=cast.ben, at=at - DAY)
    tickets.add_message(ticket, sender=me, body="Second.", at=at - HOUR)

    def asked(fact: str, value: str) -> tuple[int, int, int]:
        every = (Condition(fact, "is", (value,)),)
        return tried(cast, at, Rule(when=When("wrote"), every=every))[0]

    assert asked("tag", "vip") == (1, 1, 0)
    assert asked("priority", "normal") == (1, 1, 0)
    assert asked("assignee", "nobody") == (1, 1, 0)
    assert asked("assignee", str(cast.ben.pk)) == (1, 1, 0)
    assert asked("state", "open") == (2, 1, 0)


def test_what_logs_do_not_say_nobody_knows(cast: Cast, at: datetime) -> None:
    opened(cast.dana, at - DAY)
    late = Rule(every=(Condition("clock", "is", ("late",)),), then=(Act("escalate"),))
    assert tried(cast, at, late, Rule(when=When("at_risk"))) == [(0, 0, 1), (0, 0, 0)]


def test_time_that_passed_is_found_once_for_each_silence(cast: Cast, at: datetime) -> None:
    ticket, me = opened(cast.dana, at - 10 * DAY), tickets.Sender(contact=cast.dana)
    tickets.add_message(ticket, sender=me, body="Anybody?", at=at - 5 * DAY)
    tickets.resolve(ticket, agent=cast.ana, contact=None, reason="Done.", at=at - 4 * DAY)
    quiet = Rule(when=When("untouched", minutes=2 * 24 * 60))
    assert tried(cast, at, quiet) == [(1, 1, 0)]
    quicker = Rule(when=When("untouched", minutes=12 * 60))
    assert tried(cast, at, quicker) == [(2, 1, 0)]


def test_what_ends_the_looking_ends_it_in_the_past_too(cast: Cast, at: datetime) -> None:
    opened(cast.dana, at - DAY)
    assert tried(cast, at, Rule(stops=True), Rule()) == [(1, 1, 0), (0, 0, 0)]


def test_a_trial_goes_on_where_its_worker_died(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("answerable.rules.actions.trying.AT_ONCE", 2)
    for number in range(5):
        opened(cast.dana, at - DAY, body=f"Exports fail: {number}")
    trial = actions.begin_trial([(1, "All", Rule())], agent=cast.ida, at=at)
    assert actions.go_on_with_trial(trial.pk)
    trial.refresh_from_db()
    assert (trial.seen, trial.total, trial.found[0]["tickets"]) == (2, 5, 2)
    while actions.go_on_with_trial(trial.pk):
        pass
    trial.refresh_from_db()
    assert (trial.seen, trial.found[0]["tickets"], trial.ended_at) == (5, 5, at)
