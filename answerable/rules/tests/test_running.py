"""Rules act on what happens, each once, and never in circles."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction

from answerable.cast import Cast
from answerable.routing.models import Notice
from answerable.rules import actions
from answerable.rules.core.reading import Act, Condition, When
from answerable.rules.core.reading import Rule as Says
from answerable.rules.models import Halt, Rule, RuleVersion, Run
from answerable.rules.tests.scenes import contains, follow, started, tag, tags_on
from answerable.tickets import actions as tickets
from answerable.tickets.actions import filing
from answerable.tickets.events import Verb
from answerable.tickets.models import LogMark, Message, Ticket, TicketEvent
from answerable.tickets.tests.openings import opened

MINUTE = timedelta(minutes=1)


@pytest.fixture
def billing(cast: Cast, at: datetime) -> str:
    return tag(cast.ida, "Billing", at).slug


class Killed(BaseException):
    """The process ended."""


def runs() -> list[tuple[str, str, str]]:
    rows = Run.objects.order_by("pk").select_related("rule")
    return [(run.rule.name, run.outcome, run.why) for run in rows]


def test_a_rule_labels_and_assigns_what_arrives(cast: Cast, billing: str, at: datetime) -> None:
    acts = (Act("tag", billing), Act("assign", f"agent:{cast.ben.pk}"))
    started(cast.ida, at, *acts, every=(contains("invoice"),), name="Billing to Ben")
    mine = opened(cast.dana, at, body="Our invoice of May is wrong")
    other = opened(cast.sam, at, body="I cannot sign in")
    follow(at + MINUTE)
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (tags_on(mine), mine.assignee) == ([billing], cast.ben)
    assert (tags_on(other), other.assignee) == ([], None)
    run = Run.objects.get()
    assert (run.outcome, run.acts, run.held) == ("done", 2, [["every.0", True]])
    line = TicketEvent.objects.get(ticket=mine, verb=Verb.TAGGED)
    assert line.data["cause"]["name"] == "Billing to Ben"


def test_following_the_log_again_does_nothing_twice(
    cast: Cast, billing: str, at: datetime
) -> None:
    started(cast.ida, at, Act("note", words="Look at the contract."))
    opened(cast.dana, at)
    follow(at)
    LogMark.objects.update(upto=0)  # As if the mark had been lost.
    follow(at)
    assert Message.objects.filter(kind="note").count() == 1
    assert len(runs()) == 1


def test_a_process_that_dies_over_a_line_has_done_none_of_it(
    cast: Cast, billing: str, at: datetime
) -> None:
    started(cast.ida, at, Act("tag", billing))
    ticket = opened(cast.dana, at)

    with suppress(Killed), transaction.atomic():
        while actions.follow_log(at=at):
            pass
        assert tags_on(ticket) == [billing]
        raise Killed
    assert tags_on(ticket) == []
    follow(at)
    assert tags_on(ticket) == [billing]


def test_what_came_before_a_rule_was_started_is_not_its_own(
    cast: Cast, billing: str, at: datetime
) -> None:
    before = opened(cast.dana, at)
    started(cast.ida, at, Act("tag", billing))
    follow(at)
    assert tags_on(before) == []


def test_the_last_rule_to_look_ends_it_and_each_sees_what_the_one_before_did(
    cast: Cast, billing: str, at: datetime
) -> None:
    vip = tag(cast.ida, "VIP", at).slug
    started(cast.ida, at, Act("tag", vip), name="First")
    is_vip = (Condition("tag", "is", (vip,)),)
    started(cast.ida, at, Act("priority", "high"), every=is_vip, stops=True, name="Second")
    started(cast.ida, at, Act("tag", billing), name="Third")
    ticket = opened(cast.dana, at)
    follow(at)
    ticket.refresh_from_db()
    assert (tags_on(ticket), ticket.priority) == ([vip], Ticket.Priority.HIGH)
    assert [name for name, _outcome, _why in runs()] == ["First", "Second"]


def test_a_rule_that_triggers_itself_stops_after_once_and_nothing_is_lost(
    cast: Cast, billing: str, at: datetime
) -> None:
    when = When("noted")
    started(cast.ida, at, Act("note", words="Noted."), when=when, name="Echo")
    ticket = opened(cast.dana, at)
    tickets.add_note(ticket, agent=cast.ana, body="Mine.", at=at)
    follow(at)
    notes = list(
        ticket.messages.filter(kind="note").order_by("pk").values_list("body", flat=True)
    )
    assert notes == ["Mine.", "Noted."]
    assert runs() == [("Echo", "done", ""), ("Echo", "stopped", "itself")]


def test_two_rules_that_trigger_each_other_end(cast: Cast, at: datetime) -> None:
    ping, pong = tag(cast.ida, "ping", at).slug, tag(cast.ida, "pong", at).slug
    for one, other in ((ping, pong), (pong, ping)):
        acts = (Act("untag", one), Act("tag", other))
        started(cast.ida, at, *acts, when=When("tagged", one), name=one)
    ticket = opened(cast.dana, at)
    filing.tag_ticket(
        ticket, [filing.add_tag("ping", by=cast.ana, at=at)], agent=cast.ana, at=at
    )
    follow(at)
    assert tags_on(ticket) == ["ping"]
    assert runs()[-1] == ("ping", "stopped", "itself")


def test_a_chain_of_rules_ends_at_five(cast: Cast, at: datetime) -> None:
    slugs = [tag(cast.ida, f"step {number}", at).slug for number in range(8)]
    for here, there in pairwise(slugs):
        started(cast.ida, at, Act("tag", there), when=When("tagged", here), name=here)
    ticket = opened(cast.dana, at)
    filing.tag_ticket(
        ticket, [filing.add_tag("step 0", by=cast.ana, at=at)], agent=cast.ana, at=at
    )
    follow(at)
    assert tags_on(ticket) == slugs[:6]
    assert runs()[-1] == (slugs[5], "stopped", "chain")


def test_a_rule_that_does_too_much_is_stopped_for_this_ticket_and_an_administrator_told(
    cast: Cast, at: datetime, settings: object
) -> None:
    settings.ANSWERABLE_RULES_PER_HOUR = 3  # type: ignore[attr-defined]  # pytest's own.
    rule = started(cast.ida, at, Act("priority", "high"), when=When("priority"), name="Up")
    ticket, other = opened(cast.dana, at), opened(cast.sam, at)
    for number in range(8):
        low = at + number * MINUTE
        filing.set_priority(ticket, Ticket.Priority.LOW, agent=cast.ana, at=low)
        follow(low)
    assert Halt.objects.get().ticket == ticket
    told = Notice.objects.filter(event__verb=Verb.RULE_HALTED)
    assert [notice.agent for notice in told] == [cast.ida]
    assert runs()[-1] == ("Up", "stopped", "too_many")
    filing.set_priority(ticket, Ticket.Priority.NORMAL, agent=cast.ana, at=at)
    follow(at + 9 * MINUTE)
    assert runs()[-1] == ("Up", "stopped", "paused")
    ticket.refresh_from_db()
    assert ticket.priority == Ticket.Priority.NORMAL
    filing.set_priority(other, Ticket.Priority.LOW, agent=cast.ana, at=at)
    follow(at)
    other.refresh_from_db()
    assert other.priority == Ticket.Priority.HIGH
    assert actions.lift_halts(rule, at=at) == 1


def test_a_filter_that_matches_everything_is_asked_about_and_acts_on_each_once(
    cast: Cast, billing: str, at: datetime
) -> None:
    says = Says(then=(Act("tag", billing),))
    rule = actions.begin_rule(name="All", says=says, owner=cast.ida, at=at)
    with pytest.raises(actions.NotReady) as asked:
        actions.start_rule(rule, is_meant=False, agent=cast.ida, at=at)
    assert [problem.code for problem in asked.value.problems] == ["everything"]
    actions.start_rule(rule, is_meant=True, agent=cast.ida, at=at)
    every = [opened(person, at) for person in (cast.dana, cast.sam, cast.kim)]
    follow(at)
    assert [tags_on(ticket) for ticket in every] == [[billing]] * 3
    assert Run.objects.count() == 3


def test_a_rule_that_stumbles_takes_all_of_it_back_and_the_next_goes_on(
    cast: Cast, billing: str, at: datetime
) -> None:
    bad = started(cast.ida, at, Act("tag", billing), name="Bad")
    started(cast.ida, at, Act("priority", "high"), name="Good")
    acts = [{"kind": "tag", "value": billing}, {"kind": "of another release"}]
    RuleVersion.objects.filter(rule=bad).update(says={"then": acts})
    ticket = opened(cast.dana, at)
    follow(at)
    assert tags_on(ticket) == []
    assert runs() == [("Bad", "failed", "KeyError"), ("Good", "done", "")]


def test_a_strangers_request_arrives_once_it_is_let_in(
    cast: Cast, billing: str, at: datetime
) -> None:
    started(cast.ida, at, Act("tag", billing))
    sender = tickets.Sender(name="Nobody Known", email="nobody@elsewhere.example")
    opening = tickets.Opening(sender=sender, body="Hello", channel="email")
    ticket = tickets.open_ticket(opening, at=at)
    follow(at)
    assert tags_on(ticket) == []
    tickets.admit(ticket, contact=cast.dana, agent=cast.ana, at=at)
    follow(at)
    assert tags_on(ticket) == [billing]
    assert len(runs()) == 1


def test_a_paused_rule_does_nothing_until_it_is_resumed(
    cast: Cast, billing: str, at: datetime
) -> None:
    rule = started(cast.ida, at, Act("tag", billing))
    actions.pause_rule(rule, at=at)
    meanwhile = opened(cast.dana, at)
    follow(at)
    actions.resume_rule(rule, at=at)
    later = opened(cast.sam, at)
    follow(at)
    assert (tags_on(meanwhile), tags_on(later)) == ([], [billing])


def test_a_draft_changes_nothing_until_it_is_started(
    cast: Cast, billing: str, at: datetime
) -> None:
    vip = tag(cast.ida, "VIP", at).slug
    rule = started(cast.ida, at, Act("tag", billing))
    says = Says(then=(Act("tag", vip),))
    actions.keep_rule(rule, name="New", says=says, owner=cast.ida, at=at)
    before = opened(cast.dana, at)
    follow(at)
    actions.start_rule(rule, is_meant=True, agent=cast.ida, at=at)
    after = opened(cast.sam, at)
    follow(at)
    assert (tags_on(before), tags_on(after)) == ([billing], [vip])
    numbers = Run.objects.order_by("pk").values_list("version__number", flat=True)
    assert list(numbers) == [1, 2]
    assert Rule.objects.get().name == "New"
