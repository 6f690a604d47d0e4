"""The widget believes a vendor's server: once for a token, for hours, for its own people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.access import widget_session_of
from answerable.accounts.actions import let_in
from answerable.accounts.actions.widget import (
    SESSION_WORKS,
    end_key,
    forget_sessions,
    save_workspace,
)
from answerable.accounts.models import Contact, WidgetSession
from answerable.accounts.tests.signing import WORKSPACE, Server
from answerable.cast import Cast
from answerable.widget.limits import REFUSALS_PER_IP, STRANGERS_PER_IP
from answerable.widget.tests.conftest import PAGE, Script


def refusal(answer: Any) -> str:
    assert answer.status_code == 401
    return str(answer.json()["reason"])


def test_a_signed_token_opens_a_session(here: Cast, server: Server, script: Script) -> None:
    answer = script.enters(server.signs())
    assert answer.status_code == 201
    person = script.ask("GET").json()["person"]
    assert (person["name"], person["customer"]) == ("Dana Wolf", "Nordwind GmbH")
    assert person["super_admin"]
    assert WidgetSession.objects.get().contact == here.dana
    assert script.held not in str(WidgetSession.objects.values())
    assert not answer.cookies


def test_w_13_a_tampered_token_is_refused(server: Server, script: Script) -> None:
    token = server.signs()
    head, said, signature = token.split(".")
    other = ("A" if signature[10] != "A" else "B").join([signature[:10], signature[11:]])
    assert refusal(script.enters(f"{head}.{said}.{other}")) == "signature"
    assert refusal(script.ask("GET")) == "session"
    assert not WidgetSession.objects.exists()


def test_the_same_token_opens_no_other_session(server: Server, script: Script) -> None:
    token = server.signs()
    script.enters(token)
    assert refusal(Script().enters(token)) == "replayed"


def test_a_token_without_an_id_works_once_too(server: Server, script: Script) -> None:
    token = server.signs(jti=None)
    script.enters(token)
    assert refusal(Script().enters(token)) == "replayed"


def test_the_session_that_a_token_opened_goes_on_with_it(
    server: Server, script: Script
) -> None:
    token = server.signs()
    script.enters(token)
    again = script.enters(token)
    assert again.status_code == 200
    assert "session" not in again.json()
    assert WidgetSession.objects.count() == 1


def test_a_session_of_another_person_does_not_reuse_a_token(
    server: Server, script: Script
) -> None:
    token = server.signs()
    Script().enters(token)
    script.enters(server.signs(sub="u-kim", email="kim@nordwind.example"))
    assert refusal(script.enters(token)) == "replayed"


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ({"aud": "another-desk"}, "audience"),
        ({"exp": 1}, "expired"),
        ({"exp": None}, "claim_missing"),
        ({"account": "unheard-of"}, "account_unknown"),
        ({"account": None}, "claim_missing"),
        ({"sub": "u-9", "email": None}, "person_unknown"),
        ({"sub": "u-9", "email": "olive@brightwater.example"}, "person_elsewhere"),
        ({"sub": "u-9", "email": "ana@answerable.example"}, "person_is_agent"),
    ],
)
def test_it_says_why_it_does_not_believe(
    server: Server, script: Script, others: dict[str, Any], why: str
) -> None:
    people = Contact.objects.count()
    assert refusal(script.enters(server.signs(**others))) == why
    assert Contact.objects.count() == people


def test_a_new_person_of_a_known_customer_is_added_without_a_paid_seat(
    here: Cast, server: Server, script: Script
) -> None:
    script.enters(
        server.signs(
            sub="u-9",
            email="Noor@nordwind.example",
            name="Noor Amin",
            locale="de-AT",
            phone="+49 171 5550123",
            role="super_admin",
        )
    )
    noor = Contact.objects.get(email="noor@nordwind.example")
    assert (noor.customer, noor.product_key, noor.name) == (here.nordwind, "u-9", "Noor Amin")
    assert (noor.seat, noor.product_role) == ("none", "member")
    assert (noor.language, noor.phone) == ("de", "+491715550123")


def test_a_person_stays_who_they_are_when_their_address_changes(
    here: Cast, server: Server, script: Script
) -> None:
    script.enters(server.signs())
    script.held = ""
    script.enters(server.signs(email="d.wolf@nordwind.example"))
    assert script.ask("GET").json()["person"]["email"] == "dana@nordwind.example"
    assert not Contact.objects.filter(email="d.wolf@nordwind.example").exists()


@pytest.mark.parametrize(("sets_roles", "role"), [(False, "member"), (True, "super_admin")])
def test_a_role_is_ours_unless_the_key_may_set_it(
    here: Cast, script: Script, sets_roles: bool, role: str
) -> None:
    server = Server(timezone.now(), sets_roles=sets_roles)
    script.enters(server.signs(sub="u-sam", email="sam@nordwind.example", role="super_admin"))
    here.sam.refresh_from_db()
    assert (here.sam.product_role, here.sam.seat) == (role, "paid")
    assert not here.sam.designations.exists()


def test_who_left_gets_nothing(here: Cast, server: Server, script: Script) -> None:
    script.enters(server.signs())
    Contact.objects.filter(pk=here.dana.pk).update(left_at=timezone.now())
    assert refusal(script.ask("GET")) == "session"
    assert refusal(script.enters(server.signs())) == "person_left"


def test_a_session_ends_on_signing_out(server: Server, script: Script) -> None:
    token = server.signs()
    script.enters(token)
    assert script.ask("DELETE").status_code == 204
    assert refusal(script.ask("GET")) == "session"
    assert refusal(script.enters(token)) == "replayed"


def test_a_session_ends_with_its_key(server: Server, script: Script) -> None:
    script.enters(server.signs())
    assert end_key(server.key, at=timezone.now()) == 1
    assert refusal(script.ask("GET")) == "session"
    assert refusal(script.enters(server.signs())) == "key_ended"


def test_a_session_ends_by_itself_and_its_token_is_remembered_longer_than_it_works(
    server: Server, script: Script
) -> None:
    script.enters(server.signs())
    ends = WidgetSession.objects.get().expires_at
    assert ends - timezone.now() <= SESSION_WORKS
    assert widget_session_of(script.held, ends - timedelta(seconds=1))
    assert widget_session_of(script.held, ends) is None
    assert forget_sessions(at=ends + timedelta(hours=1)) == 0
    assert forget_sessions(at=ends + timedelta(hours=25)) == 1


def test_a_stranger_gets_what_the_vendor_allows(here: Cast, script: Script) -> None:
    facts = script.enters().json()
    assert (facts["person"], facts["may_write"]) == (None, False)
    save_workspace(WORKSPACE, origins=[PAGE], anonymous="write", at=timezone.now())
    assert script.ask("GET").json()["may_write"]
    save_workspace(WORKSPACE, origins=[PAGE], anonymous="nothing", at=timezone.now())
    assert refusal(script.ask("GET")) == "session"
    assert refusal(Script().enters()) == "missing"


def test_a_stranger_never_becomes_somebody(here: Cast, server: Server, script: Script) -> None:
    script.enters()
    stranger = WidgetSession.objects.get()
    script.enters(server.signs())
    stranger.refresh_from_db()
    assert stranger.contact is None
    assert WidgetSession.objects.count() == 2


def test_no_cookie_makes_anybody_known(here: Cast, script: Script) -> None:
    script.client.force_login(let_in(here.dana, at=timezone.now()))
    assert refusal(script.ask("GET")) == "session"
    assert script.enters().json()["person"] is None


def test_an_agents_or_another_bearer_is_nobody_here(here: Cast, script: Script) -> None:
    for token in ("x", "x" * 500, "é", here.ana.name):
        answer = Client().get(
            "/widget/session/", headers={"Authorization": f"Bearer {token}", "Origin": PAGE}
        )
        assert refusal(answer) == "session"


@pytest.mark.parametrize("body", ["[]", "7", "{", "null", '{"identity": 7}', "[" * 9000])
def test_what_is_no_request_is_refused(here: Cast, body: str) -> None:
    answer = Client().post("/widget/session/", body, content_type="application/json")
    assert answer.status_code == 400


def test_too_many_refusals_end_in_waiting(server: Server, script: Script) -> None:
    for _ in range(REFUSALS_PER_IP):
        assert refusal(script.enters("x")) == "malformed"
    answer = script.enters(server.signs())
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")


def test_too_many_strangers_wait(here: Cast) -> None:
    answers = [Script().enters().status_code for _ in range(STRANGERS_PER_IP + 1)]
    assert answers == [201] * STRANGERS_PER_IP + [429]
