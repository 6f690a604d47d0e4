"""The team page: all requests of the account, its people, and what Super Admins change."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from answerable.accounts.models import Contact, PeopleChange
from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.entitlements import actions as entitlements
from answerable.entitlements.core.eligibility import Ask, decide
from answerable.entitlements.queries import facts_about
from answerable.portal.tests.helping import OUTAGE, sent_by, text_of
from answerable.portal.tests.test_requests import numbers
from answerable.tickets import actions as tickets


def act(client: Client, contact: Contact, **fields: object) -> int:
    return client.post(f"/team/people/{contact.pk}/", fields).status_code


def facts(contact: Contact) -> tuple[str, str, bool]:
    contact.refresh_from_db()
    named = contact.designations.filter(valid_to=None).exists()
    return contact.product_role, contact.seat, named


def mailed_to(contact: Contact) -> list[str]:
    return list(OutgoingMail.objects.filter(to=contact.email).values_list("text", flat=True))


def test_it_lists_all_requests_by_person_state_and_severity(
    cast: Cast, dana: Client, at: datetime
) -> None:
    mine = sent_by(cast.dana, impact=OUTAGE)
    theirs = sent_by(cast.sam)
    closed = sent_by(cast.sam, "Invoice")
    tickets.resolve(closed, agent=None, contact=cast.sam, reason="", at=at)
    assert set(numbers(dana, "/team/")) == {mine.pk, theirs.pk}
    assert numbers(dana, f"/team/?person={cast.sam.pk}") == [theirs.pk]
    assert numbers(dana, f"/team/?person={cast.sam.pk}&view=closed") == [closed.pk]
    assert numbers(dana, "/team/?severity=business_critical") == [mine.pk]
    assert "No request matches these filters." in text_of(
        dana.get(f"/team/?person={cast.kim.pk}")
    )


def test_it_lists_what_colleagues_ask_to_have_confirmed(
    cast: Cast, dana: Client, at: datetime
) -> None:
    ticket = sent_by(cast.sam, "Rename a field")
    tickets.ask_to_endorse(ticket, [cast.dana], contact=cast.sam, at=at)
    page = dana.get("/team/")
    assert f"Confirm #{ticket.pk} Rename a field Sam Ortiz asks you" in text_of(page)
    assert f"/requests/{ticket.pk}/confirmation/" in page.content.decode()


def test_it_says_how_many_super_admins_are_used(dana: Client) -> None:
    assert "Super Admins: 2 of 3 used." in text_of(dana.get("/team/"))


def test_it_says_who_may_send_critical_and_when_they_last_asked(
    cast: Cast, dana: Client
) -> None:
    sent_by(cast.sam)
    said = text_of(dana.get("/team/people/"))
    assert re.search(
        "Dana Wolf \\(you\\) \\S+ Super Admin Yes Paid seat with a guarantee \N{EN DASH}", said
    )
    assert re.search(r"Sam Ortiz \S+ Member No Paid seat without a guarantee \d\d:\d\d", said)


@pytest.mark.parametrize("address", ["/team/", "/team/people/", "/team/changes/", "/report/"])
def test_p_04_an_ordinary_user_is_told_whom_to_ask(
    cast: Cast, sam: Client, address: str
) -> None:
    sent_by(cast.dana, "Secret merger")
    answer = sam.get(address)
    assert answer.status_code == 403
    assert "Ask Dana Wolf or Kim Park." in text_of(answer)
    assert "Secret merger" not in answer.content.decode()


def test_nobody_changes_people_of_another_customer(cast: Cast, olive: Client) -> None:
    assert act(olive, cast.sam, act="seat", seat="none") == 404
    assert facts(cast.sam)[1] == "paid"


def test_a_designation_counts_from_then_on_and_can_be_undone(
    cast: Cast, dana: Client, at: datetime
) -> None:
    act(dana, cast.sam, act="role", role="super_admin")
    page = dana.post(
        f"/team/people/{cast.sam.pk}/",
        {"act": "name", "contract": cast.contract.pk},
        follow=True,
    )
    assert "Sam Ortiz is designated: guaranteed times hold for them." in text_of(page)
    assert facts(cast.sam) == ("super_admin", "paid", True)
    ask = Ask("form", "web", "en", "standard", cast.sam.designations.get().valid_from)
    target = decide(facts_about(cast.sam), ask).target
    assert target
    assert target.kind == "guarantee"
    assert any("You are designated" in text for text in mailed_to(cast.sam))
    undo = re.findall(r'action="(/team/changes/\d+/undoing/)"', page.content.decode())[-1]
    dana.post(undo)
    assert facts(cast.sam) == ("super_admin", "paid", False)
    dana.post(undo)
    assert PeopleChange.objects.filter(what="undesignated").count() == 1


def test_no_more_are_designated_than_the_plan_allows(
    cast: Cast, dana: Client, at: datetime
) -> None:
    for name in ("Three", "Four"):
        dana.post("/team/people/new/", invitation(name))
    three, four = Contact.objects.filter(name__in=["Three", "Four"]).order_by("pk")
    assert act(dana, three, act="name", contract=cast.contract.pk) == 302
    answer = dana.post(
        f"/team/people/{four.pk}/", {"act": "name", "contract": cast.contract.pk}
    )
    assert answer.status_code == 422
    assert "3 of 3 are designated. Take it from somebody first." in text_of(answer)


def test_who_has_not_the_role_is_not_designated(cast: Cast, dana: Client) -> None:
    answer = dana.post(
        f"/team/people/{cast.sam.pk}/", {"act": "name", "contract": cast.contract.pk}
    )
    assert "Only somebody with the role Super Admin" in text_of(answer)


def test_a_role_that_goes_takes_the_designation_along(cast: Cast, dana: Client) -> None:
    act(dana, cast.kim, act="role", role="member")
    assert facts(cast.kim) == ("member", "paid", False)


def test_a_company_keeps_a_super_admin(cast: Cast, dana: Client) -> None:
    act(dana, cast.kim, act="left")
    answer = dana.post(f"/team/people/{cast.dana.pk}/", {"act": "role", "role": "member"})
    assert "needs one Super Admin at least" in text_of(answer)
    assert facts(cast.dana)[0] == "super_admin"


def test_who_left_signs_in_no_more_and_can_come_back(
    cast: Cast, dana: Client, sam: Client
) -> None:
    act(dana, cast.sam, act="left")
    assert sam.get("/requests/").status_code == 404
    change = PeopleChange.objects.get(what="left")
    dana.post(f"/team/changes/{change.pk}/undoing/")
    assert facts(cast.sam)[:2] == ("member", "view_only")


def test_seats_are_as_many_as_were_bought(cast: Cast, dana: Client) -> None:
    cast.contract.seats = 3
    cast.contract.save(update_fields=["seats"])
    answer = dana.post("/team/people/new/", invitation("Four") | {"seat": "paid"})
    assert "All 3 paid seats are taken. Free one first." in text_of(answer)
    act(dana, cast.sam, act="seat", seat="view_only")
    assert "Paid seats: 2 of 3 used." in text_of(dana.get("/team/people/"))


def invitation(name: str) -> dict[str, str]:
    return {
        "name": name,
        "email": f"{name.lower()}@nordwind.example",
        "product_role": "super_admin",
        "seat": "paid",
    }


def test_an_invited_colleague_signs_in_by_the_mailed_link(cast: Cast, dana: Client) -> None:
    dana.post("/team/people/new/", invitation("Ines"))
    ines = Contact.objects.get(name="Ines")
    link = re.search(r"/sign-in/link/\S+/", mailed_to(ines)[0])
    assert link
    browser = Client()
    browser.post(link[0])
    assert browser.get("/requests/").status_code == 200


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("sam@nordwind.example", "Somebody has this address already."),
        ("eve@elsewhere.example", "Enter an address of your company: nordwind.example"),
        ("eve", "Enter a mail address, like name@example.com"),
    ],
)
def test_an_invitation_says_what_is_not_right(dana: Client, email: str, says: str) -> None:
    answer = dana.post("/team/people/new/", invitation("Eve") | {"email": email})
    assert answer.status_code == 422
    assert says in text_of(answer)


def test_only_we_change_people_where_the_plan_says_so(
    cast: Cast, dana: Client, at: datetime
) -> None:
    document = {**cast.premium.document, "designation": {"most": 3, "by": "vendor"}}
    version = entitlements.publish_plan(document, at=at)
    cast.contract.adoptions.update(plan_version=version)
    assert "Changes are made by Answerable." in text_of(dana.get("/team/people/"))
    assert act(dana, cast.sam, act="seat", seat="none") == 422
    assert facts(cast.sam)[1] == "paid"


def test_every_change_is_kept_with_who_and_when(cast: Cast, dana: Client) -> None:
    act(dana, cast.sam, act="department", department=" Human  Resources ")
    said = text_of(dana.get("/team/changes/"))
    assert "Department of Sam Ortiz: Human Resources. By Dana Wolf, " in said


def test_a_rule_lets_people_see_more_and_is_ended(
    cast: Cast, dana: Client, sam: Client
) -> None:
    ticket = sent_by(cast.dana)
    dana.post("/team/rules/", {"who": "everybody:", "sees": "company:"})
    said = text_of(dana.get("/team/rules/"))
    assert (
        "Everybody of the company sees all requests of Nordwind GmbH, but private ones." in said
    )
    page = sam.get(f"/requests/{ticket.pk}/")
    assert "You read along. Dana Wolf and Super Admins can write." in text_of(page)
    assert sam.post(f"/requests/{ticket.pk}/messages/", {"body": "Me"}).status_code == 404
    assert sam.post(f"/requests/{ticket.pk}/closure/").status_code == 404
    rule = cast.nordwind.visibility_rules.get()
    dana.post(f"/team/rules/{rule.pk}/end/")
    assert sam.get(f"/requests/{ticket.pk}/").status_code == 404


def test_a_rule_is_there_once_and_names_what_it_is_about(dana: Client) -> None:
    rule = {"who": "department:", "sees": "product:service"}
    assert "Enter which domain or department" in text_of(dana.post("/team/rules/", rule))
    rule |= {"who_is": "HR"}
    dana.post("/team/rules/", rule)
    assert "There is this rule already." in text_of(dana.post("/team/rules/", rule))
    said = text_of(dana.get("/team/rules/"))
    assert "Everybody of the department “hr” sees requests about Service" in said


@pytest.mark.parametrize("address", ["/team/", "/team/people/"])
def test_it_costs_the_same_for_many_people(
    cast: Cast, dana: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    sent_by(cast.dana)
    dana.get(address)
    with django_assert_num_queries(QUERIES[address]):
        dana.get(address)
    for number in range(12):
        dana.post("/team/people/new/", invitation(f"P{number}"))
        sent_by(Contact.objects.get(name=f"P{number}"))
    dana.get(address)
    with django_assert_num_queries(QUERIES[address]):
        dana.get(address)


QUERIES = {"/team/": 14, "/team/people/": 13}
