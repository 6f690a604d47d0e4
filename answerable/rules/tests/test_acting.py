"""What rules do, each by ordinary actions; and what they never do."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.lib.outbound.client import Client
from answerable.lib.outbound.deciding import allowed_by
from answerable.macros.actions import Wording, save_macro
from answerable.macros.models import Macro
from answerable.routing.actions import heard, set_status
from answerable.routing.models import Notice, Team
from answerable.rules import actions
from answerable.rules.core.reading import Act, When, rule_of
from answerable.rules.models import Run, Webhook
from answerable.rules.tests.scenes import follow, started, tag, tags_on
from answerable.sla.models import Clock, ClockEntry
from answerable.tickets import actions as tickets
from answerable.tickets.actions import filing
from answerable.tickets.events import Verb
from answerable.tickets.models import Field, Hold, Message, SeverityChange, Ticket
from answerable.tickets.tests.openings import opened, opened_critical, verbs

MINUTE = timedelta(minutes=1)


def done(cast: Cast, at: datetime, *acts: Act, ticket: Ticket | None = None) -> Ticket:
    """Let a rule do acts on a ticket that arrives, and return the ticket."""
    started(cast.ida, at, *acts, name="The rule")
    ticket = ticket or opened(cast.dana, at)
    follow(at)
    ticket.refresh_from_db()
    return ticket


def why() -> list[str]:
    return [did["why"] for did in Run.objects.latest("pk").did]


def macro(cast: Cast, at: datetime, **texts: str) -> str:
    made = Macro(name="We look at it")
    return str(save_macro(made, Wording(texts), agent=cast.ana, at=at).pk)


def there(cast: Cast, at: datetime, *names: str) -> None:
    for name in names:
        agent = getattr(cast, name)
        heard(agent, f"page of {name}", at=at)
        set_status(agent, "available", at=at)


def test_it_fills_in_a_field_and_sets_a_priority(cast: Cast, at: datetime) -> None:
    field = Field(kind="text", names={"en": "Region"})
    filing.save_field(field)
    ticket = done(cast, at, Act("set_field", field.key, "North"), Act("priority", "urgent"))
    assert ticket.field_values.get().text == "North"
    assert ticket.priority == Ticket.Priority.URGENT


def test_what_is_so_already_is_not_done_again(cast: Cast, at: datetime) -> None:
    billing = tag(cast.ida, "Billing", at).slug
    spam = tag(cast.ida, "Spam", at).slug
    ticket = done(cast, at, Act("tag", billing), Act("tag", billing), Act("untag", spam))
    assert tags_on(ticket) == [billing]
    assert why() == ["", "already", "already"]
    assert Run.objects.get().outcome == "partly"


def test_it_notes_each_of_two_replies_however_soon_they_come(cast: Cast, at: datetime) -> None:
    says = Act("note", words="Somebody replied.")
    for name in ("First", "Second"):
        started(cast.ida, at, says, when=When("answered"), name=name)
    ticket = opened(cast.dana, at)
    for minute, body in enumerate(("We look.", "It is done.")):
        tickets.answer(ticket, agent=cast.ana, body=body, seen=2**62, at=at + minute * MINUTE)
        follow(at + minute * MINUTE)
    notes = ticket.messages.filter(kind="note").order_by("pk")
    assert list(notes.values_list("sender", flat=True)) == ["First", "Second"] * 2
    assert verbs(ticket).count(Verb.NOTED) == Run.objects.filter(outcome="done").count() == 4


def test_it_holds_for_somebody_of_ours_only_and_no_clock_moves(
    cast: Cast, at: datetime
) -> None:
    ticket = done(cast, at, Act("hold", words="Parts are ordered.", minutes=60))
    held = Hold.objects.get(ticket=ticket)
    assert (held.kind, held.agent, held.until) == ("vendor", None, at + 60 * MINUTE)
    clock = Clock.objects.get(ticket=ticket)
    assert (clock.outcome, clock.paused_at) == ("running", None)


def test_it_tells_a_customer_by_a_notice_that_keeps_no_promise(
    cast: Cast, at: datetime
) -> None:
    number = macro(cast, at, en="Hello {person}, we look at #{ticket.number}.")
    ticket = done(cast, at, Act("reply", number))
    notice = ticket.messages.get(kind=Message.Kind.NOTICE)
    assert notice.body == f"Hello Dana Wolf, we look at #{ticket.pk}."
    assert OutgoingMail.objects.filter(message=notice).count() == 1
    tickets.mark_delivered(notice, at=at + MINUTE)
    assert Clock.objects.get(ticket=ticket).outcome == "running"
    assert ticket.state == Ticket.State.OPEN


def test_a_macro_with_gaps_that_only_an_agent_fills_is_not_sent(
    cast: Cast, at: datetime
) -> None:
    ticket = done(cast, at, Act("reply", macro(cast, at, en="It is done by {date}.")))
    assert (why(), ticket.messages.count()) == (["gaps"], 1)


def test_it_never_writes_to_whom_it_does_not_know(cast: Cast, at: datetime) -> None:
    number = macro(cast, at, en="Hello.")
    started(cast.ida, at, Act("reply", number), when=When("wrote"))
    ticket = opened(cast.dana, at)
    doubtful = tickets.Sender(contact=cast.dana, doubt="refuted")
    tickets.add_message(ticket, sender=doubtful, body="It is me.", at=at)
    follow(at)
    assert why() == ["unverified"]
    assert not ticket.messages.filter(kind=Message.Kind.NOTICE).exists()


def test_it_does_not_write_more_than_three_times_an_hour(cast: Cast, at: datetime) -> None:
    number = macro(cast, at, en="Hello.")
    started(cast.ida, at, Act("reply", number), when=When("wrote"))
    ticket, me = opened(cast.dana, at), tickets.Sender(contact=cast.dana)
    for minute in range(5):
        tickets.add_message(ticket, sender=me, body=f"More: {minute}", at=at + minute * MINUTE)
        follow(at + minute * MINUTE)
    assert ticket.messages.filter(kind=Message.Kind.NOTICE).count() == 3
    assert why() == ["often"]


def test_it_tells_people_of_ours_and_says_so_on_the_ticket(cast: Cast, at: datetime) -> None:
    ticket = done(
        cast,
        at,
        Act("notify", "manager", "Call them."),
        Act("escalate"),
        Act("notify", "holder"),
    )
    told = Notice.objects.filter(event__verb=Verb.RULE_TOLD).order_by("pk")
    assert [notice.agent for notice in told] == [cast.ravi, cast.lena]
    assert ticket.priority == Ticket.Priority.URGENT
    assert why() == ["", "", "nobody_there"]


def test_it_says_who_is_to_follow_but_for_whoever_has_it(cast: Cast, at: datetime) -> None:
    ben, lena = f"agent:{cast.ben.pk}", f"agent:{cast.lena.pk}"
    ticket = done(cast, at, Act("assign", ben), Act("follow", ben), Act("follow", lena))
    assert why() == ["", "nobody_there", ""]
    assert ticket.events.get(verb=Verb.RULE_FOLLOWS).data["to"] == [cast.lena.pk]


def test_what_asked_somebody_to_look_tells_them(cast: Cast, at: datetime) -> None:
    """Rules of before said “review”, which was a note and no review of a reply."""
    told = rule_of({"then": [{"kind": "review", "value": "leads", "words": "Ours?"}]})
    assert told.then == (Act("notify", "leads", "Ours?"),)


def test_a_severity_is_changed_as_the_plan_says_with_a_reason_and_a_line_in_the_ledger(
    cast: Cast, at: datetime
) -> None:
    before = ClockEntry.objects.count()
    ticket = done(cast, at, Act("severity", "business_critical", "All users are stopped."))
    change = SeverityChange.objects.get(ticket=ticket)
    assert (change.agent, change.reason) == (cast.ida, "All users are stopped.")
    assert ticket.severity == "business_critical"
    assert Verb.SEVERITY_CHANGED in verbs(ticket)
    assert ClockEntry.objects.count() > before + 1


def test_a_critical_request_is_never_resolved_by_a_rule(cast: Cast, at: datetime) -> None:
    critical = opened_critical(cast.dana, at)
    tickets.confirm_claim(critical, agent=cast.ana, at=at)
    started(cast.ida, at, Act("resolve", words="Nobody answers."), when=When("noted"))
    other = opened(cast.sam, at)
    for ticket in (critical, other):
        tickets.add_note(ticket, agent=cast.ana, body="Done?", at=at)
    follow(at)
    states = Ticket.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["open", "resolved"]


def test_a_team_gets_tickets_in_turn_as_far_as_its_people_are_there(
    cast: Cast, at: datetime
) -> None:
    team = Team.objects.create(key="billing", name="Billing")
    team.members.set([cast.ana, cast.ben, cast.chidi])
    started(cast.ida, at, Act("assign", "team:billing:turn"))
    lonely = opened(cast.dana, at)
    follow(at)
    lonely.refresh_from_db()
    assert (lonely.assignee, why()) == (None, ["nobody_there"])
    there(cast, at, "ana", "ben")
    had = []
    for minute in range(4):
        ticket = opened(cast.dana, at + minute * MINUTE, body=f"One more: {minute}")
        there(cast, at + minute * MINUTE, "ana", "ben")
        follow(at + minute * MINUTE)
        ticket.refresh_from_db()
        had.append(ticket.assignee)
    assert had == [cast.ana, cast.ben, cast.ana, cast.ben]


def test_a_team_gives_to_who_has_least(cast: Cast, at: datetime) -> None:
    team = Team.objects.create(key="billing", name="Billing")
    team.members.set([cast.ana, cast.ben])
    there(cast, at, "ana", "ben")
    for number in range(2):
        busy = opened(cast.sam, at, body=f"Something else: {number}")
        tickets.take(busy, agent=cast.ana, at=at)
    ticket = done(cast, at, Act("assign", "team:billing:least"))
    assert ticket.assignee == cast.ben


def test_a_run_is_taken_back_as_far_as_nobody_changed_it(cast: Cast, at: datetime) -> None:
    billing = tag(cast.ida, "Billing", at).slug
    ticket = done(cast, at, Act("tag", billing), Act("priority", "high"))
    filing.set_priority(ticket, Ticket.Priority.LOW, agent=cast.ana, at=at)
    run = Run.objects.get()
    assert actions.take_back_run(run, agent=cast.ida, at=at) == (1, 1)
    ticket.refresh_from_db()
    assert (tags_on(ticket), ticket.priority) == ([], Ticket.Priority.LOW)
    with pytest.raises(actions.NothingToUndo):
        actions.take_back_run(run, agent=cast.ida, at=at)


def test_a_webhook_goes_out_later_by_the_guarded_way_and_is_tried_again(
    cast: Cast, at: datetime
) -> None:
    done(
        cast, at, Act("webhook", "https://hooks.invalid/in"), Act("webhook", "http://10.0.0.1/")
    )
    client = Client(allowed_by([]), resolve=lambda host, port, left: ["10.1.2.3"])
    assert actions.send_webhooks(at=at, client=client) == 2
    inside, plain = Webhook.objects.order_by("pk")
    assert inside.done_at is None
    assert inside.problem
    assert plain.next_at is None  # What may not be asked is not asked again.
    assert json.dumps(inside.body)


def test_on_what_is_resolved_no_work_begins(cast: Cast, at: datetime) -> None:
    started(cast.ida, at, Act("assign", f"agent:{cast.ben.pk}"), when=When("resolved"))
    ticket = opened(cast.dana, at)
    tickets.resolve(ticket, agent=cast.ana, contact=None, reason="Done.", at=at)
    follow(at)
    ticket.refresh_from_db()
    assert (ticket.assignee, why()) == (None, ["resolved"])
