"""The cases of domain.md (d) on who asks and what was bought, E18 to E38 and E99."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.entitlements.models import Contract
from answerable.sla.models import Clock, Decision
from answerable.sla.tests.clocks import (
    clock_of,
    clocks_of,
    last_clock,
    lines,
    replied,
    wrote,
)
from answerable.sla.tests.plans import DAY, published, row, signed, sold
from answerable.tickets.actions import (
    OtherCustomer,
    Sender,
    add_message,
    endorse,
    hand_over,
)
from answerable.tickets.actions.redacting import Removal, redact
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import mailed, opened, opened_critical

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NEXT = row("next_response", 2 * HOUR)
NEXT_AIM = row("next_response", 8 * HOUR, key="next_aim", requester="user", kind="aim")


@pytest.fixture
def contract(cast: Cast, at: datetime) -> Contract:
    """What Nordwind bought: next replies too, guaranteed to Super Admins, aimed for others."""
    return sold(cast, at, NEXT, NEXT_AIM)


def answered(cast: Cast, contact: Contact, at: datetime) -> Ticket:
    """A ticket whose first reply has arrived."""
    ticket = opened(contact, at)
    replied(ticket, cast.ana, at=at + 10 * MINUTE)
    return ticket


def kind_of_turn(ticket: Ticket) -> str:
    return last_clock(ticket, "next_response").kind


def test_e18_a_colleague_who_is_named_may_endorse_and_the_guarantee_counts_from_then(
    cast: Cast, at: datetime
) -> None:
    ticket = opened_critical(cast.sam, at)
    assert clock_of(ticket).kind == "aim"
    endorse(ticket, contact=cast.dana, at=at + 2 * HOUR)
    clock = clock_of(ticket)
    assert (clock.kind, clock.due_at) == ("guarantee", at + 2 * HOUR + 30 * MINUTE)
    assert (clock.started_at, clock.counts_from) == (at, at + 2 * HOUR)
    assert Decision.objects.filter(ticket=ticket).latest("pk").cause == "endorsement"


def test_e18_somebody_who_is_promised_no_more_changes_nothing(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.sam, at)
    entitlements.end_designation(cast.contract, cast.dana, at=at)
    endorse(ticket, contact=cast.dana, at=at + HOUR)
    assert lines(clock_of(ticket)) == ["start"]
    with pytest.raises(OtherCustomer):
        endorse(ticket, contact=cast.olive, at=at + HOUR)


def test_e18_what_was_answered_needs_no_endorsement(cast: Cast, at: datetime) -> None:
    ticket = answered(cast, cast.sam, at)
    endorse(ticket, contact=cast.dana, at=at + HOUR)
    assert (clock_of(ticket).kind, clock_of(ticket).outcome) == ("aim", "met")


def test_e19_who_sends_the_request_decides(cast: Cast, at: datetime) -> None:
    assert clock_of(opened(cast.sam, at)).kind == "aim"


def test_e20_what_a_named_contact_asks_for_a_colleague_is_guaranteed(
    cast: Cast, at: datetime
) -> None:
    ticket = opened(cast.dana, at, body="Sam cannot export.")
    assert (clock_of(ticket).kind, ticket.requester) == ("guarantee", cast.dana)


def test_e21_who_is_no_longer_named_keeps_what_runs_and_gets_less_from_then_on(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    ticket = opened(cast.dana, at)
    entitlements.end_designation(contract, cast.dana, at=at + MINUTE)
    assert clock_of(ticket).kind == "guarantee"
    replied(ticket, cast.ana, at=at + 10 * MINUTE)
    wrote(ticket, cast.dana, at=at + HOUR)
    assert kind_of_turn(ticket) == "aim"


def test_e22_who_is_named_meanwhile_gets_more_from_the_next_turn_on(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    ticket = answered(cast, cast.sam, at)
    Contact.objects.filter(pk=cast.sam.pk).update(product_role="super_admin")
    cast.sam.refresh_from_db()
    entitlements.designate(contract, cast.sam, at=at + 20 * MINUTE)
    wrote(ticket, cast.sam, at=at + HOUR)
    assert clock_of(ticket).kind == "aim"
    assert clocks_of(ticket, "next_response") == [("running", at + 3 * HOUR)]
    assert kind_of_turn(ticket) == "guarantee"


def test_e22_a_colleague_who_is_promised_more_is_promised_it_when_they_write(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    ticket = answered(cast, cast.sam, at)
    wrote(ticket, cast.dana, at=at + HOUR)
    assert kind_of_turn(ticket) == "guarantee"


def test_e23_a_colleague_takes_over_and_what_runs_stands(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    ticket = opened(cast.dana, at)
    hand_over(ticket, to=cast.kim, agent=cast.ana, at=at + MINUTE)
    assert lines(clock_of(ticket)) == ["start"]
    replied(ticket, cast.ana, at=at + 10 * MINUTE)
    wrote(ticket, cast.kim, at=at + HOUR)
    assert kind_of_turn(ticket) == "guarantee"
    with pytest.raises(OtherCustomer):
        hand_over(ticket, to=cast.olive, agent=cast.ana, at=at + HOUR)


def test_e24_a_contract_that_ends_leaves_what_runs_and_guarantees_no_new_turn(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    ticket = opened(cast.dana, at)
    Contract.objects.filter(pk=contract.pk).update(ends_at=at + 5 * MINUTE)
    assert clock_of(ticket).outcome == "running"
    replied(ticket, cast.ana, at=at + 10 * MINUTE)
    wrote(ticket, cast.dana, at=at + HOUR)
    assert not Clock.objects.filter(ticket=ticket, metric="next_response").exists()
    decision = Decision.objects.filter(ticket=ticket, cause="turn").get()
    assert {"contract_ended"} <= {r for row in decision.refusals for r in row["reasons"]}


def test_e25_a_contract_ended_by_mistake_is_put_right_and_the_next_turn_is_promised(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    """Ours: nothing is attached afterwards to what was opened in between, so nothing breaks."""
    entitlements.suspend(contract)
    ticket = answered(cast, cast.dana, at)
    Contract.objects.filter(pk=contract.pk).update(status="active")
    assert not Clock.objects.filter(ticket=ticket).exists()
    wrote(ticket, cast.dana, at=at + HOUR)
    assert kind_of_turn(ticket) == "guarantee"


def test_e26_a_renewal_with_a_gap_makes_no_miss_in_it_and_promises_again_after(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    Contract.objects.filter(pk=contract.pk).update(ends_at=at - HOUR)
    ticket = answered(cast, cast.dana, at)
    renewed = entitlements.sign_contract(
        cast.nordwind, contract.plan_version, starts_at=at + 30 * MINUTE
    )
    entitlements.designate(renewed, cast.dana, at=at + 30 * MINUTE)
    wrote(ticket, cast.dana, at=at + HOUR)
    assert clocks_of(ticket, "first_response") == []
    assert clocks_of(ticket, "next_response") == [("running", at + 3 * HOUR)]


def test_e27_what_is_suspended_is_taken_in_without_a_promise(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    entitlements.suspend(contract)
    ticket = opened_critical(cast.dana, at)
    assert (ticket.state, Clock.objects.filter(ticket=ticket).exists()) == ("open", False)


def test_e28_a_ticket_keeps_its_version_when_the_customer_buys_another(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    """Ours: until the contract under which it was opened ends; from then on the new one holds
    for what comes, and never for what runs."""
    ticket = answered(cast, cast.dana, at)
    faster = row("next_response", 30 * MINUTE)
    terms = contract.plan_version.terms
    better = published(replace(terms, targets=(*terms.targets[:3], faster)), at=at)
    signed(cast, better, at=at + 20 * MINUTE)
    wrote(ticket, cast.dana, at=at + HOUR)
    assert clocks_of(ticket, "next_response") == [("running", at + HOUR + 30 * MINUTE)]
    assert clock_of(ticket).plan_version == contract.plan_version


def test_e29_of_two_contracts_a_ticket_has_one_promise(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    other = entitlements.sign_contract(cast.nordwind, cast.premium, starts_at=at - DAY)
    entitlements.designate(other, cast.dana, at=at - DAY)
    ticket = opened(cast.dana, at)
    assert Clock.objects.filter(ticket=ticket, metric="first_response").count() == 1


def test_e31_a_stranger_is_promised_nothing_and_reviewed(cast: Cast, at: datetime) -> None:
    ticket = opened(None, at)
    assert (ticket.state, Clock.objects.filter(ticket=ticket).exists()) == ("review", False)


def test_e32_words_from_another_address_open_a_turn_and_give_no_rights(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    ticket = answered(cast, cast.dana, at)
    sender = Sender(name="Dana <dana@home.example>")
    add_message(ticket, sender=sender, body="It is me.", verified=False, at=at + HOUR)
    ticket.refresh_from_db()
    assert (kind_of_turn(ticket), ticket.requester) == ("guarantee", cast.dana)


def test_e32_a_name_that_nobody_could_verify_is_promised_no_more_than_who_asked(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    ticket = answered(cast, cast.sam, at)
    add_message(
        ticket, sender=Sender(contact=cast.dana), body="Hm.", verified=False, at=at + HOUR
    )
    assert kind_of_turn(ticket) == "aim"


def test_e36_who_is_removed_is_promised_nothing_from_that_instant(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    entitlements.end_designation(contract, cast.dana, at=at)
    assert clock_of(opened(cast.dana, at)).kind == "aim"


def test_e37_the_mobile_app_carries_no_guarantee(cast: Cast, at: datetime) -> None:
    assert not Clock.objects.filter(ticket=opened(cast.dana, at, surface="mobile")).exists()


def test_e38_another_language_is_answered_without_a_guarantee(cast: Cast, at: datetime) -> None:
    assert clock_of(opened(cast.dana, at, language="de")).kind == "aim"


def test_e99_mail_can_never_gain_a_guarantee(cast: Cast, at: datetime) -> None:
    assert clock_of(mailed(cast.dana, at)).kind == "aim"


def test_e98_what_is_removed_for_good_touches_no_clock(cast: Cast, at: datetime) -> None:
    ticket = answered(cast, cast.dana, at)
    wrote(ticket, cast.dana, at=at + HOUR, body="My password is swordfish-77.")
    before = list(Clock.objects.order_by("pk").values())
    when = list(ticket.events.order_by("pk").values_list("pk", "at", "verb"))
    removal = Removal(agent=cast.lena, what="password", passage="swordfish-77")
    redact(ticket, removal, at=at + 2 * HOUR)
    assert list(Clock.objects.order_by("pk").values()) == before
    assert list(ticket.events.order_by("pk").values_list("pk", "at", "verb"))[:-1] == when
    assert not ticket.messages.filter(body__contains="swordfish").exists()
