"""A stranger's ticket that is let in as a contact's has an aim, and no guarantee."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.entitlements import actions as entitlements
from answerable.sla.actions import wake_due
from answerable.sla.judging import decision_behind, pinned_by
from answerable.sla.models import Clock, Decision
from answerable.sla.tests.clocks import clock_of, folded, lines, replied, stored
from answerable.tickets.actions import admit
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, verbs

HOUR = timedelta(hours=1)
# The aim counts nine hours of office days from Monday, ten o'clock in Berlin: to Tuesday, ten.
DUE = timedelta(days=1)


@pytest.fixture
def strange(cast: Cast, at: datetime) -> Ticket:
    return opened(None, at)


def decisions(ticket: Ticket) -> list[tuple[str, str]]:
    found = Decision.objects.filter(ticket=ticket).order_by("pk")
    return [(decision.kind, decision.target) for decision in found]


def test_it_is_aimed_for_from_the_instant_it_was_stored(
    cast: Cast, strange: Ticket, at: datetime
) -> None:
    admit(strange, contact=cast.sam, agent=cast.ana, at=at + 2 * HOUR)
    assert decisions(strange) == [("", ""), ("aim", "aim")]
    clock = clock_of(strange)
    assert (clock.kind, clock.started_at, clock.due_at) == ("aim", at, at + DUE)
    assert verbs(strange) == ["opened", "promised", "admitted", "promised", "clock_started"]
    assert folded(clock) == stored(clock)


def test_it_keeps_what_was_decided_and_when(cast: Cast, strange: Ticket, at: datetime) -> None:
    admit(strange, contact=cast.sam, agent=cast.ana, at=at + 2 * HOUR)
    before, after = Decision.objects.filter(ticket=strange).order_by("pk")
    assert before.refusals[0]["reasons"] == ["unknown_sender"]
    assert (after.at, after.contract) == (at + 2 * HOUR, cast.contract)
    assert after.facts["seat"] == "paid"
    assert decision_behind(clock_of(strange)) == after
    pinned = pinned_by(strange.pk)
    assert pinned
    assert pinned.decision == after


def test_it_has_no_guarantee_whoever_it_is_said_to_be_from(
    cast: Cast, strange: Ticket, at: datetime
) -> None:
    document = dict(cast.premium.document)
    by_mail = {**document["targets"][1], "key": "by_mail", "channels": ["email"]}
    document["targets"] = [*document["targets"], by_mail]
    version = entitlements.publish_plan(document, at=at - HOUR)
    entitlements.suspend(cast.contract)
    contract = entitlements.sign_contract(cast.nordwind, version, starts_at=at - HOUR)
    entitlements.designate(contract, cast.dana, at=at - HOUR)
    assert clock_of(opened(cast.dana, at, channel="email", surface="mail")).kind == "guarantee"
    admit(strange, contact=cast.dana, agent=cast.ana, at=at)
    assert clock_of(strange).kind == "aim"
    newest = Decision.objects.filter(ticket=strange).latest("pk")
    refused = {row["target"]: row["reasons"] for row in newest.refusals}
    assert refused["by_mail"] == ["unknown_address"]


def test_it_judges_what_was_bought_when_it_came(
    cast: Cast, strange: Ticket, at: datetime
) -> None:
    later = opened(None, at + HOUR)
    entitlements.suspend(cast.contract)
    ends_at = at + HOUR
    entitlements.sign_contract(cast.nordwind, cast.premium, starts_at=at, ends_at=ends_at)
    for ticket in (strange, later):
        admit(ticket, contact=cast.sam, agent=cast.ana, at=at + 2 * HOUR)
    assert decisions(strange)[-1] == ("aim", "aim")
    assert decisions(later)[-1] == ("", "")


def test_it_is_promised_nothing_as_nobodys_or_without_a_plan(
    cast: Cast, strange: Ticket, at: datetime
) -> None:
    lapsed = opened(None, at)
    admit(strange, contact=None, agent=cast.ana, at=at)
    admit(lapsed, contact=cast.mara, agent=cast.ana, at=at)
    assert decisions(strange) == [("", "")]
    assert decisions(lapsed) == [("", ""), ("", "")]
    assert not Clock.objects.exists()


def test_an_aim_that_passed_meanwhile_is_missed_at_its_due_time(
    cast: Cast, strange: Ticket, at: datetime
) -> None:
    late = at + timedelta(days=3)
    admit(strange, contact=cast.sam, agent=cast.ana, at=late)
    clock = clock_of(strange)
    assert (clock.outcome, clock.wake_at) == ("running", at + DUE)
    assert wake_due(at=late) == 1
    assert wake_due(at=late + HOUR) == 0
    clock.refresh_from_db()
    assert (clock.outcome, clock.missed_at) == ("missed", at + DUE)
    replied(strange, cast.ana, at=late + HOUR)
    assert lines(clock) == ["start", "miss", "answer"]


def test_it_tells_the_contact_of_an_aim_that_lies_ahead_and_of_no_other(
    cast: Cast, strange: Ticket, at: datetime
) -> None:
    late = opened(None, at)
    admit(strange, contact=cast.sam, agent=cast.ana, at=at + HOUR)
    admit(late, contact=cast.sam, agent=cast.ana, at=at + timedelta(days=3))
    said = {
        mail.ticket_id: mail.text
        for mail in OutgoingMail.objects.filter(kind=OutgoingMail.Kind.ACKNOWLEDGEMENT)
    }
    assert "We aim to reply by" in said[strange.pk]
    assert "We reply as soon as we can. This is not a guarantee." in said[late.pk]
