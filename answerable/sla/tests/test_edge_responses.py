"""The cases of domain.md (d) on what counts as a response, E1 to E17, by their numbers."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.entitlements.core.clauses import Response
from answerable.sla.actions import wake_due
from answerable.sla.models import Clock
from answerable.sla.tests.clocks import (
    LATEST,
    clock_of,
    last_clock,
    lines,
    replied,
    triage_of,
    wrote,
)
from answerable.sla.tests.plans import LEVELS, row, sold
from answerable.tickets.actions import (
    Attempt,
    First,
    Opening,
    Result,
    Sender,
    Sort,
    add_note,
    answer,
    assign,
    mark_delivered,
    mark_undelivered,
    merge,
    open_tickets,
    record_call_attempt,
    reopen,
    resolve,
    set_severity,
    take,
    write_first,
)
from answerable.tickets.models import Message, Ticket
from answerable.tickets.tests.openings import opened, verbs

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def connected(at: datetime, *, seconds: int = 90) -> Attempt:
    return Attempt(
        result=Result.CONNECTED,
        dialed_at=at - timedelta(seconds=20),
        connected_at=at,
        seconds=seconds,
        summary="Told Dana to use the old export.",
    )


def rang(result: Result, at: datetime) -> Attempt:
    return Attempt(result=result, dialed_at=at)


def test_e1_an_automatic_acknowledgement_answers_nothing(ticket: Ticket, at: datetime) -> None:
    assert OutgoingMail.objects.get(ticket=ticket).kind == "acknowledgement"
    wake_due(at=at + HOUR)
    assert clock_of(ticket).outcome == "missed"


def test_e2_a_holding_reply_counts_and_is_known_as_one(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    message = answer(
        ticket, agent=cast.ana, body="Looking into it.", seen=LATEST, at=at, sort=Sort.HOLDING
    )
    mark_delivered(message, at=at + MINUTE)
    assert clock_of(ticket).outcome == "met"
    assert ticket.events.get(verb="answered").data["sort"] == "holding"


def test_e3_a_note_or_a_change_of_hands_answers_nothing(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    add_note(ticket, agent=cast.ana, body="Known.", at=at)
    take(ticket, agent=cast.ana, at=at)
    assign(ticket, to=cast.ben, agent=cast.ana, at=at)
    assert lines(clock_of(ticket)) == ["start"]


def test_e4_resolving_without_a_reply_is_a_miss_when_it_is_due(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    resolve(ticket, agent=cast.ana, contact=None, reason="Sent twice.", at=at)
    wake_due(at=at + HOUR)
    assert clock_of(ticket).missed_at == at + HOUR


def test_e4_the_customer_may_let_us_off_and_ask_again(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    resolve(ticket, agent=None, contact=cast.dana, reason="", at=at + 10 * MINUTE)
    assert (clock_of(ticket).outcome, wake_due(at=at + 2 * HOUR)) == ("void", 0)
    reopen(ticket, agent=None, contact=cast.dana, at=at + 3 * HOUR)
    assert clock_of(ticket).due_at == at + 3 * HOUR + 50 * MINUTE
    assert lines(clock_of(ticket)) == ["start", "void", "reopen", "pause", "resume"]


def test_e5_a_call_counts_from_when_it_was_answered(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    record_call_attempt(ticket, connected(at + HOUR), agent=cast.ana, at=at + 2 * HOUR)
    assert clock_of(ticket).met_at == at + HOUR
    assert ticket.messages.get(kind="note").body == "Told Dana to use the old export."


def test_e5_news_of_a_call_in_time_takes_a_miss_back(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    wake_due(at=at + HOUR)
    record_call_attempt(ticket, connected(at + HOUR), agent=cast.ana, at=at + 2 * HOUR)
    assert lines(clock_of(ticket)) == ["start", "miss", "correct"]


@pytest.mark.parametrize("result", [Result.NO_ANSWER, Result.BUSY, Result.VOICEMAIL])
def test_e5_an_attempt_or_a_voice_message_answers_nothing(
    cast: Cast, ticket: Ticket, at: datetime, result: Result
) -> None:
    record_call_attempt(ticket, rang(result, at), agent=cast.ana, at=at)
    assert clock_of(ticket).outcome == "running"


def test_e5_a_plan_may_say_how_long_a_call_lasts_and_that_a_voice_message_counts(
    cast: Cast, at: datetime
) -> None:
    sold(cast, at, response=Response(voicemail=True, connected_seconds=60))
    short, voice = opened(cast.dana, at), opened(cast.dana, at)
    record_call_attempt(short, connected(at, seconds=59), agent=cast.ana, at=at)
    record_call_attempt(voice, rang(Result.VOICEMAIL, at), agent=cast.ana, at=at)
    assert (clock_of(short).outcome, clock_of(voice).outcome) == ("running", "met")


def test_e6_a_merge_answers_nothing_and_tells_the_customer_nothing_but_where_it_goes_on(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    newer = opened(cast.dana, at + MINUTE)
    merge(newer, ticket, agent=cast.ben, at=at + 2 * MINUTE)
    assert clock_of(ticket).outcome == "running"
    assert not Message.objects.filter(ticket__in=[ticket, newer], kind__in=["reply", "notice"])
    assert verbs(newer)[-2:] == ["continued", "clock_ended"]


def test_e7_a_reply_that_comes_back_lets_the_clock_run_from_its_start(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    message = replied(ticket, cast.ana, at=at + 10 * MINUTE)
    mark_undelivered(message, why="mailbox full", at=at + 20 * MINUTE)
    clock = clock_of(ticket)
    assert (clock.outcome, clock.due_at, clock.wake_at) == ("running", *[at + HOUR] * 2)
    assert verbs(ticket)[-1] == "clock_reopened"


def test_e7_what_the_reply_began_never_was(cast: Cast, at: datetime) -> None:
    sold(cast, at, row("status_update", HOUR, every=True), row("next_response", HOUR))
    ticket = opened(cast.dana, at)
    message = replied(ticket, cast.ana, at=at + 10 * MINUTE)
    wrote(ticket, cast.dana, at=at + 15 * MINUTE)
    mark_undelivered(message, why="mailbox full", at=at + 20 * MINUTE)
    clocks = Clock.objects.filter(ticket=ticket).order_by("pk")
    assert [(clock.metric, clock.outcome) for clock in clocks] == [
        ("first_response", "running"),
        ("status_update", "running"),
        ("status_update", "void"),
        ("next_response", "void"),  # The first message waits again, and comes first.
    ]
    assert clocks[1].due_at == at + HOUR


def test_e8_nothing_is_promised_on_a_ticket_of_ours_until_the_customer_writes(
    cast: Cast, at: datetime
) -> None:
    first = First(contact=cast.dana, subject="Renewal", body="Hello.")
    ticket = write_first(first, agent=cast.ana, at=at)
    mark_delivered(ticket.messages.get(), at=at + MINUTE)
    assert not Clock.objects.filter(ticket=ticket).exists()
    wrote(ticket, cast.dana, at=at + HOUR)
    # Ours: by mail there is no guarantee in Premium, so it is the aim that starts.
    clock = clock_of(ticket)
    assert (clock.kind, clock.started_at) == ("aim", at + HOUR)
    replied(ticket, cast.ana, at=at + 2 * HOUR)
    assert clock_of(ticket).outcome == "met"


def test_e9_a_call_is_the_first_response_and_what_comes_later_a_next_one(
    cast: Cast, at: datetime
) -> None:
    sold(cast, at, row("next_response", 2 * HOUR))
    ticket = opened(cast.dana, at)
    record_call_attempt(ticket, connected(at + MINUTE), agent=cast.ana, at=at + MINUTE)
    resolve(ticket, agent=cast.ana, contact=None, reason="Solved on the phone", at=at + MINUTE)
    wrote(ticket, cast.dana, at=at + HOUR)
    assert clock_of(ticket).met_at == at + MINUTE
    assert last_clock(ticket, "next_response").due_at == at + 3 * HOUR


@pytest.mark.parametrize(("bulk", "outcome"), [(True, "met"), (False, "running")])
def test_e10_one_reply_to_many_counts_if_the_plan_says_so(
    cast: Cast, at: datetime, bulk: bool, outcome: str
) -> None:
    sold(cast, at, response=Response(bulk=bulk))
    ticket = opened(cast.dana, at)
    message = answer(
        ticket, agent=cast.ana, body="See the status page.", seen=LATEST, at=at, sort=Sort.BULK
    )
    mark_delivered(message, at=at + MINUTE)
    assert clock_of(ticket).outcome == outcome


def test_e11_what_nobody_sent_answers_nothing(cast: Cast, ticket: Ticket, at: datetime) -> None:
    machine = ticket.messages.create(kind="reply", body="Have you tried it?", written_at=at)
    mark_delivered(machine, at=at)
    assert clock_of(ticket).outcome == "running"


def test_e12_the_clock_starts_when_the_door_had_the_mail_and_not_when_it_was_read(
    cast: Cast, at: datetime
) -> None:
    opening = Opening(
        sender=Sender(contact=cast.dana), body="Exports fail.", channel="email", surface="mail"
    )
    (message,) = open_tickets([(opening, at)])
    assert clock_of(message.ticket).started_at == at


def test_e13_a_clock_may_start_when_we_set_the_severity_and_a_decision_is_due_before(
    cast: Cast, at: datetime
) -> None:
    urgent = row("first_response", 30 * MINUTE, severity="urgent", starts="severity_set")
    rest = row("first_response", 4 * HOUR, severity="standard", starts="severity_set")
    sold(cast, at, urgent, rest, row("triage", HOUR), severities=LEVELS)
    ticket = opened(cast.dana, at)
    assert (triage_of(ticket).due_at, triage_of(ticket).kind) == (at + HOUR, "internal")
    assert not Clock.objects.filter(ticket=ticket, metric="first_response").exists()
    set_severity(ticket, "urgent", by=cast.ana, reason="", at=at + 20 * MINUTE)
    assert clock_of(ticket).due_at == at + 50 * MINUTE
    assert triage_of(ticket).met_at == at + 20 * MINUTE


def test_e14_without_a_claim_it_stays_standard_and_the_clock_runs(
    ticket: Ticket, at: datetime
) -> None:
    """Ours: what is missing is asked for in the first reply; the form asks for the impact."""
    assert (clock_of(ticket).target, clock_of(ticket).started_at) == ("standard", at)


def test_e15_the_same_form_sent_twice_is_one_ticket_with_one_clock(
    cast: Cast, at: datetime
) -> None:
    first = opened(cast.dana, at, submission="one-form")
    again = opened(cast.dana, at + MINUTE, submission="one-form")
    assert first == again
    assert Clock.objects.count() == 1


def test_e17_mail_that_waited_at_our_door_counts_from_when_it_came(
    cast: Cast, at: datetime
) -> None:
    opening = Opening(
        sender=Sender(contact=cast.sam), body="Exports fail.", channel="email", surface="mail"
    )
    (message,) = open_tickets([(opening, at)])
    wake_due(at=at + timedelta(days=3))
    assert clock_of(message.ticket).missed_at == clock_of(message.ticket).due_at
