"""A miss is excused by an exception of its plan, with evidence and a name, or not at all."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.entitlements.actions import Release, publish_plan
from answerable.sla.actions import (
    AlreadyExcused,
    EvidenceMissing,
    NoAppeal,
    NoSuchException,
    NotMissed,
    NotYours,
    appeal,
    comment_on_miss,
    decide_appeal,
    excuse_miss,
    wake_due,
)
from answerable.sla.models import Appeal, Clock, Excuse
from answerable.sla.tests.clocks import clock_of, folded, lines, replied, stored
from answerable.tickets.actions import Empty, answer, mark_delivered
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, opened_critical, verbs

HOUR = timedelta(hours=1)
Excusing = Callable[..., Excuse]
Appealing = Callable[..., Appeal]


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    """Dana's request, which nobody answered within its hour."""
    ticket = opened(cast.dana, at)
    wake_due(at=at + HOUR)
    return ticket


@pytest.fixture
def missed(ticket: Ticket) -> Clock:
    return clock_of(ticket)


@pytest.fixture
def excused(cast: Cast, missed: Clock, at: datetime) -> Excusing:
    """Return what excuses Dana's miss, as Lena, who leads, would do it."""

    def excuse(**other: object) -> Excuse:
        facts = {
            "code": "customer_asked_to_wait",
            "words": "Dana asked us to wait until noon.",
            "evidence": "Her message of 10:20",
            "agent": cast.lena,
            "at": at + 2 * HOUR,
        }
        return excuse_miss(other.pop("clock", missed), **facts | other)  # type: ignore[arg-type]

    return excuse


@pytest.fixture
def appealed(cast: Cast, excused: Excusing, at: datetime) -> Appealing:
    """Return what appeals to an excuse, as Dana."""

    def appealing(excuse: Excuse | None = None, **other: object) -> Appeal:
        facts = {"contact": cast.dana, "words": "I never did.", "at": at + 3 * HOUR}
        return appeal(excuse or excused(), **facts | other)  # type: ignore[arg-type]

    return appealing


def test_it_keeps_what_was_said_and_by_whom(
    cast: Cast, missed: Clock, excused: Excusing, at: datetime
) -> None:
    excuse = excused(message=missed.ticket.messages.get())
    assert excuse.says == "The customer asked us to wait"
    assert (excuse.words, excuse.evidence) == (
        "Dana asked us to wait until noon.",
        "Her message of 10:20",
    )
    assert (excuse.agent, excuse.at, excuse.ended_at) == (cast.lena, at + 2 * HOUR, None)
    assert excuse.message == missed.ticket.messages.get()


def test_the_outcome_of_the_clock_stays(missed: Clock, excused: Excusing) -> None:
    before = stored(missed)
    excused()
    missed.refresh_from_db()
    assert stored(missed) == folded(missed) == before
    assert lines(missed) == ["start", "miss"]


def test_it_is_a_line_of_the_log_in_public_words(
    cast: Cast, ticket: Ticket, excused: Excusing
) -> None:
    excused()
    assert verbs(ticket)[-1] == "excused"
    line = ticket.events.latest("pk")
    assert line.agent == cast.lena
    assert line.data["says"] == "The customer asked us to wait"
    assert line.data["words"] == "Dana asked us to wait until noon."


def test_only_a_missed_guarantee_can_be_excused(
    cast: Cast, excused: Excusing, at: datetime
) -> None:
    running, aim = clock_of(opened(cast.dana, at)), clock_of(opened(cast.sam, at))
    wake_due(at=aim.due_at)
    replied(running.ticket, cast.ana, at=at)
    aim.refresh_from_db()
    assert aim.outcome == "missed"
    for clock in (running, aim):
        with pytest.raises(NotMissed):
            excused(clock=clock)
        with pytest.raises(NotMissed):
            comment_on_miss(clock, words="Our fault.", agent=cast.ana, at=at)


def test_the_decision_on_a_claim_is_no_promise_to_excuse(
    cast: Cast, excused: Excusing, at: datetime
) -> None:
    ticket = opened_critical(cast.dana, at)
    wake_due(at=at + HOUR)
    with pytest.raises(NotMissed):
        excused(clock=ticket.clocks.get(metric=Clock.Metric.TRIAGE))


def test_only_an_exception_of_the_plan_excuses(excused: Excusing) -> None:
    with pytest.raises(NoSuchException):
        excused(code="we_were_busy")


def test_the_plan_version_that_the_ticket_pinned_counts(
    cast: Cast, excused: Excusing, missed: Clock, at: datetime
) -> None:
    plan = copy.deepcopy(cast.premium.document)
    plan["exceptions"].append({"code": "holiday", "says": "It was a holiday"})
    publish_plan(plan, at=at, release=Release(all_contracts=True))
    with pytest.raises(NoSuchException):
        excused(code="holiday")


def test_it_needs_evidence_where_the_plan_says_so(
    cast: Cast, missed: Clock, excused: Excusing
) -> None:
    with pytest.raises(EvidenceMissing):
        excused(evidence=" \n")
    assert excused(evidence="", message=missed.ticket.messages.get()).evidence == ""


def test_it_needs_a_sentence(excused: Excusing) -> None:
    with pytest.raises(Empty):
        excused(words=" ")


@pytest.mark.parametrize(
    ("code", "who", "may"),
    [
        ("customer_asked_to_wait", "ana", False),
        ("customer_asked_to_wait", "lena", True),
        ("customer_asked_to_wait", "ida", True),
        ("force_majeure", "lena", False),
        ("force_majeure", "ida", True),
    ],
)
def test_the_plan_says_who_may_excuse(
    cast: Cast, excused: Excusing, code: str, who: str, may: bool
) -> None:
    agent: Agent = getattr(cast, who)
    if may:
        assert excused(code=code, agent=agent).agent == agent
        return
    with pytest.raises(NotYours):
        excused(code=code, agent=agent)
    assert not Excuse.objects.exists()


def test_it_is_excused_once(excused: Excusing, missed: Clock) -> None:
    first = excused()
    with pytest.raises(AlreadyExcused):
        excused(code="duplicate_of")
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


def test_an_appeal_is_kept_and_changes_nothing_yet(
    cast: Cast, ticket: Ticket, appealed: Appealing, at: datetime
) -> None:
    made = appealed()
    assert (made.contact, made.words, made.at) == (cast.dana, "I never did.", at + 3 * HOUR)
    assert made.excuse.ended_at is None
    assert list(Appeal.objects.waiting()) == [made]
    assert (verbs(ticket)[-1], ticket.events.latest("pk").contact) == ("appealed", cast.dana)


def test_who_may_see_the_ticket_may_appeal(cast: Cast, appealed: Appealing) -> None:
    assert appealed(contact=cast.kim).contact == cast.kim


@pytest.mark.parametrize("who", ["sam", "olive", "tom"])
def test_nobody_else_may_appeal(cast: Cast, appealed: Appealing, who: str) -> None:
    with pytest.raises(NoAppeal):
        appealed(contact=getattr(cast, who))


def test_it_is_appealed_to_once(appealed: Appealing) -> None:
    made = appealed()
    with pytest.raises(NoAppeal):
        appealed(made.excuse)


def test_the_plan_may_rule_out_an_appeal(cast: Cast, excused: Excusing, at: datetime) -> None:
    plan = copy.deepcopy(cast.premium.document)
    plan["exceptions"][0]["appealable"] = False
    publish_plan(plan, at=at, release=Release(all_contracts=True))
    later = opened(cast.dana, at)
    wake_due(at=at + HOUR)
    with pytest.raises(NoAppeal):
        appeal(excused(clock=clock_of(later)), contact=cast.dana, words="No.", at=at)


def test_a_granted_appeal_ends_the_excuse_and_the_row_stays(
    cast: Cast, ticket: Ticket, excused: Excusing, appealed: Appealing, at: datetime
) -> None:
    made = appealed()
    decided = at + 4 * HOUR
    decide_appeal(made, agent=cast.ida, upheld=True, answer="You are right.", at=decided)
    excuse = Excuse.objects.get()
    assert (excuse.ended_at, excuse.appeal.decided_by) == (decided, cast.ida)
    assert not Excuse.objects.standing().exists()
    line = ticket.events.latest("pk")
    assert (line.verb, line.data["upheld"]) == ("appeal_decided", True)
    assert (line.agent, line.contact) == (cast.ida, cast.dana)
    with pytest.raises(AlreadyExcused):
        excused()
    assert excused(code="duplicate_of").ended_at is None


def test_an_excuse_outlives_an_appeal_that_is_refused(
    cast: Cast, appealed: Appealing, at: datetime
) -> None:
    made = appealed()
    decide_appeal(made, agent=cast.ida, upheld=False, answer="See your message.", at=at)
    assert Excuse.objects.standing().exists()
    assert not Appeal.objects.waiting().exists()
    with pytest.raises(NoAppeal):
        decide_appeal(made, agent=cast.ida, upheld=True, answer="After all.", at=at)
    with pytest.raises(NoAppeal):
        appealed(made.excuse, contact=cast.kim)


@pytest.mark.parametrize("who", ["ana", "lena"])
def test_an_appeal_is_decided_by_another_lead(
    cast: Cast, appealed: Appealing, at: datetime, who: str
) -> None:
    with pytest.raises(NotYours):
        decide_appeal(appealed(), agent=getattr(cast, who), upheld=True, answer="Yes.", at=at)


def test_an_appeal_is_decided_by_somebody(appealed: Appealing, at: datetime) -> None:
    made = appealed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=made.pk).update(decided_at=at)


def test_nothing_is_excused_once_the_miss_is_taken_back(
    cast: Cast, missed: Clock, appealed: Appealing, at: datetime
) -> None:
    """The reply had been accepted in time; the news came after the lead had excused it."""
    message = answer(missed.ticket, agent=cast.ana, body="Use it.", seen=2**62, at=at)
    made = appealed()
    mark_delivered(message, at=at + HOUR / 2)
    missed.refresh_from_db()
    assert missed.outcome == "met"
    assert not Excuse.objects.standing().exists()
    with pytest.raises(NoAppeal):
        decide_appeal(made, agent=cast.ida, upheld=True, answer="Yes.", at=at)


def test_a_comment_is_a_line_of_the_log(cast: Cast, missed: Clock, at: datetime) -> None:
    comment_on_miss(missed, words="Our on-call phone failed.", agent=cast.ravi, at=at)
    assert missed.comments.get().words == "Our on-call phone failed."
    assert verbs(missed.ticket)[-1] == "miss_commented"
