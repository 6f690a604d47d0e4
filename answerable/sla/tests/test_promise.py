from __future__ import annotations

from datetime import datetime, timedelta

from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.sla.models import Clock, Decision
from answerable.sla.tests.clocks import clock_of, lines, triage_of
from answerable.tickets.tests.openings import mailed, opened, opened_critical, verbs

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def test_it_guarantees_a_super_admin_a_reply_within_the_hour(cast: Cast, at: datetime) -> None:
    clock = clock_of(opened(cast.dana, at))
    assert (clock.kind, clock.started_at, clock.due_at) == ("guarantee", at, at + HOUR)
    assert lines(clock) == ["start"]


def test_it_guarantees_a_claimed_request_half_an_hour(cast: Cast, at: datetime) -> None:
    clock = clock_of(opened_critical(cast.dana, at))
    assert (clock.kind, clock.target, clock.due_at) == (
        *("guarantee", "critical"),
        at + 30 * MINUTE,
    )


def test_it_gives_the_decision_on_a_claim_half_of_the_promise(cast: Cast, at: datetime) -> None:
    triage = triage_of(opened_critical(cast.dana, at))
    assert (triage.kind, triage.due_at) == ("internal", at + 15 * MINUTE)


def test_it_aims_at_a_reply_within_a_business_day_for_everybody_else(
    cast: Cast, at: datetime
) -> None:
    clock = clock_of(opened(cast.sam, at))
    assert (clock.kind, clock.target) == ("aim", "aim")
    assert clock.due_at == at + timedelta(days=1)  # ten o'clock, nine hours of 8 to 17 later


def test_it_needs_no_decision_where_a_claim_brings_no_guarantee(
    cast: Cast, at: datetime
) -> None:
    ticket = opened_critical(cast.sam, at)
    assert [clock.kind for clock in Clock.objects.filter(ticket=ticket)] == ["aim"]


def test_it_gives_no_guarantee_by_mail(cast: Cast, at: datetime) -> None:
    ticket = mailed(cast.dana, at)
    decision = Decision.objects.get(ticket=ticket)
    reasons = {row["target"]: row["reasons"] for row in decision.refusals}
    assert (decision.kind, clock_of(ticket).kind) == ("aim", "aim")
    assert reasons["standard"] == ["wrong_channel"]


def test_it_promises_a_stranger_nothing(cast: Cast, at: datetime) -> None:
    ticket = opened(None, at)
    decision = Decision.objects.get(ticket=ticket)
    assert (decision.kind, decision.plan_version, decision.contract) == ("", None, None)
    assert decision.refusals[0]["reasons"] == ["unknown_sender"]
    assert not Clock.objects.exists()


def test_it_promises_nothing_once_the_contract_has_ended(cast: Cast, at: datetime) -> None:
    decision = Decision.objects.get(ticket=opened(cast.mara, at))
    assert decision.kind == ""
    assert all("contract_ended" in row["reasons"] for row in decision.refusals)


def test_it_pins_the_contract_and_the_version_that_was_bought(cast: Cast, at: datetime) -> None:
    document = dict(cast.premium.document, name="Premium Plus")
    entitlements.publish_plan(document, at=at - HOUR)
    ticket = opened(cast.dana, at)
    decision = Decision.objects.get(ticket=ticket)
    assert (decision.contract, decision.plan_version) == (cast.contract, cast.premium)
    assert clock_of(ticket).plan_version == cast.premium


def test_it_keeps_the_facts_that_were_known(cast: Cast, at: datetime) -> None:
    decision = Decision.objects.get(ticket=opened(cast.dana, at))
    entitlements.end_designation(cast.contract, cast.dana, at=at + MINUTE)
    decision.refresh_from_db()
    assert decision.facts["role"] == "super_admin"
    assert decision.facts["designations"][0]["contract"] == cast.contract.pk


def test_it_lets_a_running_promise_stand_when_a_designation_ends(
    cast: Cast, at: datetime
) -> None:
    ticket = opened(cast.dana, at)
    entitlements.end_designation(cast.contract, cast.dana, at=at + MINUTE)
    assert clock_of(ticket).kind == "guarantee"
    assert clock_of(opened(cast.dana, at + MINUTE)).kind == "aim"


def test_it_counts_from_the_instant_the_request_was_stored(cast: Cast, at: datetime) -> None:
    long_ago = at - timedelta(days=3)
    entry = clock_of(opened(cast.dana, long_ago)).entries.get()
    assert (entry.at, entry.due_at) == (long_ago, long_ago + HOUR)
    assert entry.recorded_at > at


def test_it_says_in_the_log_what_was_promised(cast: Cast, at: datetime) -> None:
    ticket = opened_critical(cast.dana, at)
    assert verbs(ticket) == ["opened", "promised", "clock_started", "clock_started"]
    promised = ticket.events.get(verb="promised")
    assert promised.data["kind"] == "guarantee"
    assert promised.data["due_at"] == (at + 30 * MINUTE).isoformat()


def test_it_wakes_at_once_for_the_first_step_of_a_ladder(cast: Cast, at: datetime) -> None:
    assert clock_of(opened_critical(cast.dana, at)).wake_at == at
    assert clock_of(opened(cast.dana, at)).wake_at == at + HOUR
