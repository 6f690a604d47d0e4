"""Who sees which ticket: the fast conditions against a slow and simple reading of the law."""

from __future__ import annotations

from datetime import datetime
from itertools import count

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.accounts.models import Contact, Customer
from answerable.cast import Cast
from answerable.routing.models import QueueEntry
from answerable.tickets.access import may_write, seen_by
from answerable.tickets.models import Participant, Ticket, VisibilityRule

Who, Sees = VisibilityRule.Who, VisibilityRule.Sees
ROLES = ["super_admin", "admin", "member"]
SEATS = ["paid", "view_only"]
DOMAINS = ["north.example", "sub.north.example"]
DEPARTMENTS = ["", "HR", "Sales"]
PRODUCTS = ["", "service", "content"]
COMPANIES = [0, 1]

PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(COMPANIES),
        st.sampled_from(ROLES),
        st.sampled_from(SEATS),
        st.sampled_from(DOMAINS),
        st.sampled_from(DEPARTMENTS),
    ),
    min_size=2,
    max_size=5,
)
WHO = st.one_of(
    st.just((Who.EVERYBODY, "")),
    st.tuples(st.just(Who.ROLE), st.sampled_from(ROLES)),
    st.tuples(st.just(Who.SEAT), st.sampled_from(SEATS)),
    st.tuples(st.just(Who.DOMAIN), st.sampled_from(DOMAINS)),
    st.tuples(st.just(Who.DEPARTMENT), st.sampled_from(["hr", "sales"])),
)
SEEN = st.one_of(
    st.just((Sees.COMPANY, "")),
    st.tuples(st.just(Sees.PRODUCT), st.sampled_from(PRODUCTS[1:])),
    st.tuples(st.just(Sees.DEPARTMENT), st.sampled_from(["hr", "sales"])),
    st.tuples(st.just(Sees.DOMAIN), st.sampled_from(DOMAINS)),
)
RULES = st.lists(st.tuples(st.sampled_from(COMPANIES), WHO, SEEN, st.booleans()), max_size=4)
TICKETS = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(PRODUCTS), st.booleans()), max_size=6
)
NAMED = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4), st.booleans()), max_size=5)
numbers = count()


def sees(
    contact: Contact, ticket: Ticket, named: list[Participant], rules: list[VisibilityRule]
) -> bool:
    """The law, read slowly: one ticket, one person, one rule at a time."""
    if ticket.requester == contact:
        return True
    if ticket.customer != contact.customer:
        return False
    if any(p.ticket == ticket and p.contact == contact and p.sees for p in named):
        return True
    if ticket.is_private:
        return False
    if contact.product_role == "super_admin":
        return True
    return any(
        lets_see(rule, ticket)
        for rule in rules
        if rule.ended_at is None and rule.customer == contact.customer and is_of(rule, contact)
    )


def is_of(rule: VisibilityRule, contact: Contact) -> bool:
    return {
        Who.EVERYBODY: True,
        Who.ROLE: contact.product_role == rule.who_is,
        Who.SEAT: contact.seat == rule.who_is,
        Who.DOMAIN: contact.email.split("@")[1] == rule.who_is,
        Who.DEPARTMENT: contact.department.lower() == rule.who_is,
    }[Who(rule.who)]


def lets_see(rule: VisibilityRule, ticket: Ticket) -> bool:
    asker = ticket.requester
    assert asker
    return {
        Sees.COMPANY: True,
        Sees.PRODUCT: ticket.product == rule.sees_is,
        Sees.DEPARTMENT: asker.department.lower() == rule.sees_is,
        Sees.DOMAIN: asker.email.split("@")[1] == rule.sees_is,
    }[Sees(rule.sees)]


def people_of(
    facts: list[tuple[int, str, str, str, str]], companies: list[Customer], at: datetime
) -> list[Contact]:
    return [
        Contact.objects.create(
            customer=companies[company],
            name="P",
            email=f"p{next(numbers)}@{domain}",
            product_role=role,
            seat=seat,
            department=department,
            created_at=at,
        )
        for company, role, seat, domain, department in facts
    ]


def tickets_of(
    asked: list[tuple[int, str, bool]], persons: list[Contact], at: datetime
) -> list[Ticket]:
    tickets = [
        Ticket.objects.create(
            customer=persons[who % len(persons)].customer,
            requester=persons[who % len(persons)],
            subject="x",
            channel="form",
            product=product,
            is_private=is_private,
            created_at=at,
            last_at=at,
        )
        for who, product, is_private in asked
    ]
    QueueEntry.objects.bulk_create(
        QueueEntry(ticket=one, band=3, act_by=at, customer=one.customer) for one in tickets
    )
    return tickets


def rules_of(
    rules: list[tuple[int, tuple[str, str], tuple[str, str], bool]],
    companies: list[Customer],
    at: datetime,
) -> list[VisibilityRule]:
    return [
        VisibilityRule(
            customer=companies[company],
            who=who[0],
            who_is=who[1],
            sees=seen[0],
            sees_is=seen[1],
            made_at=at,
            ended_at=at if ended else None,
        )
        for company, who, seen, ended in rules
    ]


def take_part(
    named: list[tuple[int, int, bool]],
    tickets: list[Ticket],
    persons: list[Contact],
    at: datetime,
) -> None:
    Participant.objects.bulk_create(
        [
            Participant(
                ticket=tickets[which % len(tickets)],
                contact=persons[who % len(persons)],
                address=f"{who % len(persons)}@x.example",
                sees=may_see,
                is_kept=True,
                added_at=at,
            )
            for which, who, may_see in named
        ],
        ignore_conflicts=True,
    )


@given(people=PEOPLE, rules=RULES, asked=TICKETS, named=NAMED)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_it_sees_what_the_law_says(
    db: None,
    at: datetime,
    people: list[tuple[int, str, str, str, str]],
    rules: list[tuple[int, tuple[str, str], tuple[str, str], bool]],
    asked: list[tuple[int, str, bool]],
    named: list[tuple[int, int, bool]],
) -> None:
    companies = [Customer.objects.create(name=name, created_at=at) for name in "AB"]
    persons = people_of(people, companies, at)
    tickets = tickets_of(asked, persons, at)
    law = rules_of(rules, companies, at)
    VisibilityRule.objects.bulk_create(law, ignore_conflicts=True)
    take_part(named if tickets else [], tickets, persons, at)
    kept = list(Participant.objects.select_related("ticket", "contact"))
    for person in persons:
        expected = {t.pk for t in tickets if sees(person, t, kept, law)}
        assert set(seen_by(person).values_list("pk", flat=True)) == expected
        listed = QueueEntry.objects.of_contact(person).values_list("ticket", flat=True)
        assert set(listed) == expected
    Ticket.objects.all().delete()
    VisibilityRule.objects.all().delete()


def test_whom_a_rule_lets_see_reads_along(cast: Cast, at: datetime) -> None:
    ticket = Ticket.objects.create(
        customer=cast.nordwind,
        requester=cast.dana,
        subject="x",
        channel="form",
        created_at=at,
        last_at=at,
    )
    VisibilityRule.objects.create(
        customer=cast.nordwind, who=Who.EVERYBODY, sees=Sees.COMPANY, made_at=at
    )
    assert seen_by(cast.sam).filter(pk=ticket.pk).exists()
    assert not may_write(cast.sam, ticket)
    assert may_write(cast.kim, ticket)


@pytest.mark.parametrize("name", ["sam", "dana"])
def test_it_reads_by_indexes(cast: Cast, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = seen_by(getattr(cast, name)).explain()
    assert "Seq Scan on tickets_ticket " not in plan
    assert "Index" in plan
