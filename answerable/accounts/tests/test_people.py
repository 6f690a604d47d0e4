"""Contacts, agents, and how they come in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.accounts import actions
from answerable.accounts.access import agent_of, contact_of
from answerable.accounts.actions import AddressTaken
from answerable.accounts.models import Agent, Contact, Installation, SignInLink, User
from answerable.cast import Cast

MINUTE = timedelta(minutes=1)


def test_it_installs_once(db: None, at: datetime) -> None:
    first = actions.install(demo=True, at=at)
    assert actions.install(demo=False, at=at + MINUTE) == first
    assert (first.demo, Installation.objects.count()) == (True, 1)


def test_it_gives_a_contact_the_zone_of_the_customer(cast: Cast, at: datetime) -> None:
    ada = actions.add_contact(cast.kestrel, name="Ada", email="Ada@Kestrel.example", at=at)
    assert (ada.zone, ada.email) == ("America/New_York", "ada@kestrel.example")
    assert (ada.product_role, ada.seat) == ("member", "paid")


def test_it_gives_an_address_to_one_person(cast: Cast, at: datetime) -> None:
    with pytest.raises(AddressTaken):
        actions.add_contact(cast.kestrel, name="D", email="DANA@nordwind.example", at=at)
    with pytest.raises(AddressTaken):
        actions.make_agent(email="Ana@Answerable.example", name="A", role="agent", at=at)


def test_it_makes_an_agent_whose_address_is_written_small(cast: Cast, at: datetime) -> None:
    agent = actions.make_agent(
        email="Eve@Answerable.example", name="Eve", role=Agent.Role.LEAD, at=at
    )
    assert (agent.user.email, agent.role) == ("eve@answerable.example", "lead")
    assert not agent.user.has_usable_password()


def token(contact: Contact, at: datetime) -> str:
    return actions.make_sign_in_link(contact, leads_to="/requests/7/", at=at)


def test_it_signs_a_contact_in_once_by_link(cast: Cast, at: datetime) -> None:
    sent = token(cast.dana, at)
    link = actions.use_sign_in_link(sent, at=at + MINUTE)
    assert link
    assert (link.contact, link.leads_to) == (cast.dana, "/requests/7/")
    assert actions.use_sign_in_link(sent, at=at + MINUTE) is None


def test_it_keeps_only_the_hash_of_a_link(cast: Cast, at: datetime) -> None:
    sent = token(cast.dana, at)
    assert sent not in str(SignInLink.objects.values().get())


def test_it_lets_a_link_work_for_a_quarter_of_an_hour(cast: Cast, at: datetime) -> None:
    almost = token(cast.dana, at)
    assert actions.use_sign_in_link(almost, at=at + 15 * MINUTE - timedelta(microseconds=1))
    over = token(cast.dana, at)
    assert actions.use_sign_in_link(over, at=at + 15 * MINUTE) is None
    assert actions.use_sign_in_link("nonsense", at=at) is None


def test_it_lets_nobody_in_who_has_left(cast: Cast, at: datetime) -> None:
    sent = token(cast.dana, at)
    Contact.objects.filter(pk=cast.dana.pk).update(left_at=at)
    assert actions.use_sign_in_link(sent, at=at) is None


def test_it_makes_a_contacts_user_at_the_first_sign_in(cast: Cast, at: datetime) -> None:
    user = actions.let_in(cast.dana, at=at)
    assert actions.let_in(cast.dana, at=at) == user
    assert (user.email, user.has_usable_password()) == ("dana@nordwind.example", False)
    assert contact_of(user) == cast.dana
    assert agent_of(user) is None


def test_it_lets_no_agent_in_by_a_link_that_was_mailed(cast: Cast, at: datetime) -> None:
    """Whoever reads an agent's mail would have no need of the second factor."""
    double = actions.add_contact(
        cast.nordwind, name="Ana", email="ana@answerable.example", at=at
    )
    assert actions.use_sign_in_link(token(double, at), at=at) is None
    with pytest.raises(AddressTaken):
        actions.let_in(double, at=at)


def test_it_makes_the_first_administrator_by_a_code_that_works_once(
    db: None, at: datetime
) -> None:
    code = actions.make_start_code(at=at)
    assert not actions.use_start_code(code, at=at + 30 * MINUTE)
    assert actions.use_start_code(f" {code.lower()} ", at=at)
    assert not actions.use_start_code(code, at=at)


def test_it_knows_who_is_on_duty(cast: Cast) -> None:
    actions.set_duty(cast.ben, on_duty=False)
    on_duty = {agent.name for agent in Agent.objects.on_duty()}
    assert {"Ana Silva", "Chidi Okafor"} <= on_duty
    assert not {"Ben Adler", "Ravi Patel"} & on_duty
    User.objects.filter(pk=cast.ana.user_id).update(is_active=False)
    assert cast.ana not in Agent.objects.on_duty()


def test_it_keeps_the_language_that_somebody_chose(cast: Cast, at: datetime) -> None:
    actions.choose_language(actions.let_in(cast.dana, at=at), "de")
    actions.choose_language(cast.ana.user, "de")
    for person in (cast.dana, cast.ana):
        person.refresh_from_db()
        assert person.language == "de"


def test_it_knows_nobody_whose_account_is_closed(cast: Cast, at: datetime) -> None:
    user = actions.let_in(cast.dana, at=at)
    user.is_active = cast.ana.user.is_active = False
    assert contact_of(user) is None
    assert agent_of(cast.ana.user) is None
