"""Signatures: one's own before a team's, a language's before one for all, in every mail."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone, translation

from answerable.cast import Cast
from answerable.channels.email.actions.signing import keep_signatures
from answerable.channels.email.models import OutgoingMail, Signature
from answerable.channels.email.signed_by import signed_by
from answerable.channels.email.texts import current
from answerable.desk.tests.opening import PART, SignIn, ask, last_event
from answerable.routing.actions.saving import keep_team
from answerable.tickets import actions


def signed(here: Cast, language: str = "en") -> str:
    with translation.override(language):
        return signed_by(here.ana, here.ana.name, current()).text


def keep(here: Cast, bodies: dict[str, str], *, of: object = None) -> None:
    owner = of or here.ana
    assert isinstance(owner, str) or owner == here.ana
    keep_signatures(bodies, of=owner, agent=here.ida, at=timezone.now())


def test_a_persons_own_goes_before_a_teams_and_a_language_before_every_one(here: Cast) -> None:
    assert signed(here) == "Ana Silva\nSpecialist\nAnswerable Support"
    keep_team("premium", "Premium", [here.ana])
    keep(here, {"": "{agent} of Premium"}, of="premium")
    assert signed(here) == "Ana Silva of Premium"
    keep(here, {"de": "Viele Grüße, {agent}"})
    assert signed(here) == "Ana Silva of Premium"
    assert signed(here, "de") == "Viele Grüße, Ana Silva"
    keep(here, {"": "Best, Ana"})
    assert signed(here) == "Best, Ana"
    keep(here, {"": "", "de": " "})
    assert signed(here, "de") == "Ana Silva of Premium"
    keep_team("premium", "Premium", [here.ben])
    assert signed(here) == "Ana Silva\nSpecialist\nAnswerable Support"


def test_it_stands_in_the_text_and_the_html_of_a_reply(here: Cast) -> None:
    keep(here, {"": "**{agent}**, [our page](https://answerable.example/)\n<script>x</script>"})
    ticket = ask(here.dana)
    actions.answer(
        ticket, agent=here.ana, body="Done.", seen=last_event(ticket), at=timezone.now()
    )
    mail = OutgoingMail.objects.get(kind="reply")
    assert "**Ana Silva**, [our page]" in mail.text
    assert ">Ana Silva</strong>" in mail.html
    assert 'href="https://answerable.example/"' in mail.html
    assert "<script>" not in mail.html


def test_agents_change_their_own_and_leads_those_of_teams(
    here: Cast, ana: Client, sign_in: SignIn
) -> None:
    keep_team("premium", "Premium", [here.ana])
    assert "Premium" not in ana.get("/desk/signatures/").content.decode()
    assert ana.get("/desk/signatures/team-premium/").status_code == 404
    lena = sign_in(here.lena)
    assert "Premium" in lena.get("/desk/signatures/").content.decode()
    assert lena.post("/desk/signatures/team-premium/", {"body_": "P"}).status_code == 302
    assert ana.post("/desk/signatures/mine/", {"body_de": "A"}).status_code == 302
    assert set(Signature.objects.values_list("team", "language", "body")) == {
        ("premium", "", "P"),
        ("", "de", "A"),
    }
    page = ana.get(f"/desk/tickets/{ask(here.dana).pk}/").content.decode()
    assert "<span>P</span>" in page


@pytest.mark.parametrize("text", ["{agnet}", "{agent", "x" * 1001])
def test_what_cannot_be_filled_is_refused(here: Cast, ana: Client, text: str) -> None:
    assert ana.post("/desk/signatures/mine/", {"body_": text}).status_code == 422
    assert not Signature.objects.exists()


def test_a_preview_fills_the_gaps(here: Cast, ana: Client) -> None:
    typed = {"body_": "**{agent}**", "body_de": "{nobody}"}
    shown = ana.post("/desk/signatures/preview/", typed, headers=PART).content.decode()
    assert "<strong>Ana Silva</strong>" in shown
    assert "{nobody}" in shown
