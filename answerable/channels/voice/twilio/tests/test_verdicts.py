"""What the two legs of a call come to, whatever the order in which their news came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.channels.voice.models import Call
from answerable.channels.voice.twilio.core.judging import First, Legs, Verdict, judged
from answerable.channels.voice.twilio.core.legs import (
    ENDS,
    Facts,
    Status,
    merged,
    told_by,
    told_when_asked,
)

# How fast this machine is says nothing about them.
UNHURRIED = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def answered(at: float, by: str = "") -> Facts:
    return Facts(status=Status.ANSWERED, answered_at=after(at), answered_by=by)


def over(
    at: float, status: str = "completed", since: float | None = None, by: str = ""
) -> Facts:
    return Facts(
        status=status,
        answered_at=after(since) if since is not None else None,
        ended_at=after(at),
        answered_by=by,
    )


AGENT, CONTACT, CALLER = First.AGENT, First.CONTACT, First.CALLER


@pytest.mark.parametrize(
    ("it", "legs", "expected"),
    [
        ("rings", Legs(first=AGENT, agent=Facts()), Verdict()),
        (
            "waits for the customer",
            Legs(first=AGENT, agent=answered(2), agreed_at=after(4), contact=Facts()),
            Verdict(),
        ),
        (
            "is connected when the later one is there",
            Legs(first=AGENT, agent=answered(2), agreed_at=after(4), contact=answered(9)),
            Verdict(connected_at=after(9)),
        ),
        (
            "waits to hear that it is a person",
            Legs(first=AGENT, agent=answered(2), agreed_at=after(4), contact=answered(9),
                 looks_for_machines=True),
            Verdict(),
        ),
        (
            "counts from the answer, not from the news of who answered",
            Legs(first=AGENT, agent=answered(2), agreed_at=after(4),
                 contact=answered(9, "human"), looks_for_machines=True),
            Verdict(connected_at=after(9)),
        ),
        (
            "ends at a machine",
            Legs(first=AGENT, agent=answered(2), agreed_at=after(4),
                 contact=answered(9, "machine_start"), looks_for_machines=True),
            Verdict(outcome="voicemail", over_at=after(9)),
        ),
        (
            "was short, and nobody said who answered",
            Legs(first=AGENT, agent=answered(2), agreed_at=after(4),
                 contact=over(12, since=9), looks_for_machines=True),
            Verdict(connected_at=after(9), outcome="connected", over_at=after(12)),
        ),
        (
            "was not taken by the agent",
            Legs(first=AGENT, agent=over(20, "no-answer")),
            Verdict(outcome="not_taken", over_at=after(20)),
        ),
        (
            "was left by the agent before anybody answered",
            Legs(first=AGENT, agent=over(8, since=2), agreed_at=after(4), contact=Facts()),
            Verdict(outcome="cancelled", over_at=after(8)),
        ),
        (
            "was left by the agent as the customer answered",
            Legs(first=AGENT, agent=over(8, since=2), agreed_at=after(4), contact=answered(11)),
            Verdict(outcome="cancelled", over_at=after(8)),
        ),
        (
            "was left by a customer who would not wait for the agent",
            Legs(first=CONTACT, contact=over(9, since=3, by="human"), agent=Facts(),
                 looks_for_machines=True),
            Verdict(outcome="refused", over_at=after(9)),
        ),
        (
            "keeps a caller whose agent was not there",
            Legs(first=CALLER, contact=answered(1), agent=over(30, "no-answer")),
            Verdict(),
        ),
        (
            "was left by a caller whom nobody took",
            Legs(first=CALLER, contact=over(90, since=1)),
            Verdict(outcome="not_taken", over_at=after(90)),
        ),
        (
            "takes no caller for a machine",
            Legs(first=CALLER, contact=answered(1), agent=answered(40), agreed_at=after(42),
                 looks_for_machines=True),
            Verdict(connected_at=after(42)),
        ),
    ],
)  # fmt: skip
def test_it(it: str, legs: Legs, expected: Verdict) -> None:
    assert judged(legs) == expected, it


instants = st.none() | st.integers(0, 300).map(after)
facts = st.builds(
    Facts,
    status=st.sampled_from(list(Status)).map(str),
    rang_at=instants,
    answered_at=instants,
    ended_at=instants,
    answered_by=st.sampled_from(["", "unknown", "human", "fax", "machine_start"]),
    why=st.sampled_from(["", "failed", "unallocated"]),
)


@UNHURRIED
@given(facts, facts, facts)
def test_what_is_known_is_the_sum_whatever_the_order(
    one: Facts, two: Facts, three: Facts
) -> None:
    assert merged(one, two) == merged(two, one)
    assert merged(one, merged(two, three)) == merged(merged(one, two), three)
    assert merged(one, one) == one


@UNHURRIED
@given(
    st.builds(
        Legs,
        first=st.sampled_from(list(First)),
        agent=st.none() | facts,
        agreed_at=instants,
        contact=st.none() | facts,
        looks_for_machines=st.booleans(),
    )
)
def test_a_verdict_is_one_of_our_outcomes(legs: Legs) -> None:
    verdict = judged(legs)
    assert verdict.outcome in {"", *Call.Outcome.values}
    if verdict.outcome == "connected":
        assert verdict.connected_at
    if verdict.connected_at:
        assert legs.agreed_at
        assert legs.contact
        assert not legs.contact.is_machine or legs.first == CALLER


@UNHURRIED
@given(facts, facts)
def test_what_is_over_stays_over(known: Facts, told: Facts) -> None:
    assert merged(known, told).is_over == (known.is_over or told.is_over)


STAMP = format_datetime(after(5))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"CallStatus": "ringing", "Timestamp": STAMP},
         Facts(status="ringing", rang_at=after(5))),
        ({"CallStatus": "in-progress", "Timestamp": STAMP, "AnsweredBy": "human"},
         answered(5, "human")),
        ({"CallStatus": "in-progress"}, answered(60)),
        ({"CallStatus": "completed", "CallDuration": "3", "Timestamp": STAMP},
         over(5, since=2)),
        ({"CallStatus": "failed", "SipResponseCode": "404", "Timestamp": STAMP},
         Facts(status="failed", ended_at=after(5), why="unallocated")),
        ({"CallStatus": "busy", "Timestamp": "tomorrow"}, over(60, "busy")),
        ({"CallStatus": "dancing"}, Facts()),
        ({}, Facts()),
        ({"CallStatus": "completed", "CallDuration": "-3" * 40, "Timestamp": "1 Jan 99999"},
         over(60)),
    ],
)  # fmt: skip
def test_a_webhook_tells(said: dict[str, str], expected: Facts) -> None:
    assert told_by(said, at=after(60)) == expected


def test_nothing_happened_later_than_it_was_told() -> None:
    said = {"CallStatus": "ringing", "Timestamp": format_datetime(after(500))}
    assert told_by(said, at=after(60)).rang_at == after(60)


def test_an_answer_of_the_api_tells_the_same() -> None:
    said = {"status": "completed", "duration": "3", "end_time": STAMP, "answered_by": None}
    assert told_when_asked(said, at=after(60)) == over(5, since=2)
    going = told_when_asked({"status": "in-progress", "answered_by": None}, at=after(60))
    assert going.answered_by == "unknown"
    assert {one for one in Status if Facts(status=one).is_over} == ENDS
