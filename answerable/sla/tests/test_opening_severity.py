"""The severity and the product with which a ticket comes in, and what that promises."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.sla.actions import reclassify
from answerable.sla.models import Clock, Decision
from answerable.sla.tests.clocks import clock_of, clocks_of, wrote
from answerable.sla.tests.plans import LEVELS, row, shipped, sold
from answerable.tickets.actions import Said, admit, resolve, split
from answerable.tickets.models import Rating
from answerable.tickets.tests.openings import mailed, opened

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
ROWS = (
    row("first_response", 30 * MINUTE, severity="urgent"),
    row("first_response", 8 * HOUR, severity="standard"),
)


def test_it_is_what_the_customer_said_with_what_the_plan_asks_for(
    cast: Cast, at: datetime
) -> None:
    shipped(cast, "red-hat-premium", at=at)
    answers = (("Who is reachable until it is solved?", "Dana, +49 171 5550123"),)
    ticket = opened(cast.dana, at, said=Said(severity="sev1", answers=answers))
    assert (ticket.severity, clock_of(ticket).due_at) == ("sev1", at + HOUR)
    rating = Rating.objects.get(ticket=ticket)
    assert (rating.severity, rating.contact, rating.made_at) == ("sev1", cast.dana, at)
    assert rating.answers == [{"asks": answers[0][0], "says": answers[0][1]}]


def test_it_is_the_plans_default_where_nobody_said(cast: Cast, at: datetime) -> None:
    shipped(cast, "zitadel", at=at)
    for ticket in (opened(cast.dana, at), mailed(cast.dana, at)):
        ticket.refresh_from_db()
        assert (ticket.severity, clock_of(ticket).target) == ("s4", "s4")


def test_a_word_that_the_plan_does_not_know_is_no_word(cast: Cast, at: datetime) -> None:
    shipped(cast, "zitadel", at=at)
    assert opened(cast.dana, at, said=Said(severity="urgent")).severity == "s4"


def test_it_stays_standard_without_a_plan(cast: Cast, at: datetime) -> None:
    assert opened(cast.tom, at).severity == "standard"
    assert opened(None, at).severity == "standard"


def test_a_strangers_is_the_default_of_the_plan_of_whose_it_turns_out_to_be(
    cast: Cast, at: datetime
) -> None:
    shipped(cast, "zitadel", at=at)
    ticket = opened(None, at)
    ticket = admit(ticket, contact=cast.dana, agent=cast.ana, at=at + HOUR)
    ticket.refresh_from_db()
    assert ticket.severity == "s4"


def test_what_goes_on_in_a_new_ticket_has_a_promise_too(cast: Cast, at: datetime) -> None:
    shipped(cast, "zitadel", at=at)
    ticket = opened(cast.dana, at, product="service", environment="staging")
    other = split(
        wrote(ticket, cast.dana, at=at + HOUR), agent=cast.ana, subject="", at=at + HOUR
    )
    resolve(ticket, agent=None, contact=cast.dana, reason="", at=at + 2 * HOUR)
    later = wrote(ticket, cast.dana, at=at + timedelta(days=40)).ticket
    for new in (other, later):
        new.refresh_from_db()
        assert (new.severity, new.product, new.environment) == ("s4", "service", "staging")
        assert clock_of(new).target == "s4"


def test_one_that_only_we_set_is_not_the_tickets_until_we_do(cast: Cast, at: datetime) -> None:
    sold(cast, at, *ROWS, severities=LEVELS)
    ticket = opened(cast.dana, at, said=Said(severity="urgent"))
    assert (ticket.severity, clock_of(ticket).due_at) == ("standard", at + 8 * HOUR)
    # Who agrees with the customer needs no reason.
    reclassify(ticket, "urgent", by=cast.ana, reason="", at=at + 5 * MINUTE)
    assert clock_of(ticket).due_at == at + 30 * MINUTE


def test_a_promise_that_waits_for_us_to_set_it_starts_when_we_say_the_same(
    cast: Cast, at: datetime
) -> None:
    shipped(cast, "github-premium", at=at)
    ticket = opened(cast.dana, at, said=Said(severity="urgent"), environment="production")
    assert ticket.severity == "urgent"
    assert clocks_of(ticket, "first_response") == []
    assert ticket.events.get(verb="promised").data["within"] == 1800
    reclassify(ticket, "urgent", by=cast.ana, reason="", at=at + 10 * MINUTE)
    assert clock_of(ticket).due_at == at + 40 * MINUTE
    assert Clock.objects.get(ticket=ticket, metric="triage").outcome == "met"


def test_it_is_about_the_only_product_where_a_promise_depends_on_that(
    cast: Cast, at: datetime
) -> None:
    only = row("first_response", HOUR, key="service", products=("service",))
    sold(cast, at, only)
    ticket = mailed(cast.dana, at)
    ticket.refresh_from_db()
    assert (ticket.product, clock_of(ticket).target) == ("service", "service")
    entitlements.add_subscription(
        cast.nordwind, product="sales", tier="enterprise", starts_at=at - HOUR
    )
    assert mailed(cast.dana, at).product == ""


@pytest.mark.parametrize(("product", "plan"), [("service", "gold"), ("sales", "silver")])
def test_e29_the_product_says_under_which_contract_a_ticket_is(
    cast: Cast, at: datetime, product: str, plan: str
) -> None:
    mine = row("first_response", 30 * MINUTE, key="mine", products=("service",))
    other = row("first_response", HOUR, key="other")
    sold(cast, at, mine, key="gold")
    sold(cast, at, other, key="silver", beside=True)
    ticket = opened(cast.dana, at, product=product)
    decision = Decision.objects.get(ticket=ticket)
    assert decision.plan_version is not None
    assert decision.plan_version.plan.key == plan
    assert decision.facts["product"] == product
