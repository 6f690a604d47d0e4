"""Who is there: pages that beat, the status that agents choose, and what the foot says."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.desk.tests.opening import PART, SignIn
from answerable.routing.models import Ability, OpenPage, Presence

FOOT = "/desk/standing/"


def said_of(client: Client) -> str:
    """Return what the foot says, without its marks."""
    written = client.get(FOOT).content.decode()
    plain = r'<div class="menu .*?</menu-button>|<form class="no-script.*?</form>'
    shown = re.sub(plain, "", written, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


def beat(client: Client, page: str = "one") -> str:
    return client.post("/desk/here/", {"page": page}, headers=PART).content.decode()


def choose(client: Client, status: str) -> str:
    return client.post("/desk/status/", {"status": status}, headers=PART).content.decode()


def test_an_open_page_makes_an_agent_available(here: Cast, ana: Client) -> None:
    assert "Offline" in said_of(ana)
    assert "Available" in beat(ana)
    assert "Your status: Available 0 of 3 chats · 0 of 1 critical" in said_of(ana)
    assert OpenPage.objects.filter(agent=here.ana, key="one").exists()


def test_a_lead_says_so_themselves(here: Cast, sign_in: SignIn) -> None:
    lena = sign_in(here.lena)
    beat(lena)
    assert "Away" in said_of(lena)
    choose(lena, "available")
    assert "Available" in said_of(lena)


def test_who_closes_the_last_page_is_offline_a_minute_later(here: Cast, ana: Client) -> None:
    beat(ana)
    beat(ana, "two")
    ana.post("/desk/gone/", {"page": "one"})
    assert "Available" in said_of(ana)
    ana.post("/desk/gone/", {"page": "two"})
    Presence.objects.update(heard_at=timezone.now() - timedelta(seconds=61))
    assert "Offline" in said_of(ana)


def test_a_status_is_chosen_and_said(here: Cast, ana: Client) -> None:
    beat(ana)
    answer = choose(ana, "finishing")
    assert "You are finishing. Nothing new is offered to you." in answer
    assert 'id="standing"' in answer
    assert "Finishing" in said_of(ana)
    assert choose(ana, "asleep") == ""
    assert Presence.objects.get(agent=here.ana).status == "finishing"


def test_it_works_without_script(here: Cast, ana: Client) -> None:
    answer = ana.post("/desk/status/", {"status": "away"}, follow=True)
    assert "You are away. Nothing is offered to you." in answer.content.decode()


def test_who_missed_two_offers_is_finishing_until_they_are_back(
    here: Cast, ana: Client
) -> None:
    beat(ana)
    Presence.objects.update(is_paused=True)
    assert "Finishing" in said_of(ana)
    assert "Back to available" in said_of(ana)
    assert "You missed 2 offers." in ana.get("/desk/offers/").content.decode()
    choose(ana, "available")
    assert "Available" in said_of(ana)
    assert ana.get("/desk/offers/").content.decode().strip() == ""


def test_it_says_when_there_is_no_room_or_no_time(here: Cast, ana: Client) -> None:
    beat(ana)
    day = [""] * 7
    ability = Ability.objects.create(agent=here.ana, chats=0, calls=0, critical=2, hours=day)
    assert "Outside your hours: nothing is offered to you." in said_of(ana)
    ability.hours = []
    ability.save()
    assert said_of(ana) == "Your status: Available 0 of 2 critical"


def test_duty_is_part_of_the_menu(here: Cast, ana: Client) -> None:
    beat(ana)
    answer = ana.post("/desk/duty/", {"on": "0"}, headers=PART).content.decode()
    assert "Go on duty" in answer
    assert "Off duty" in said_of(ana)
    choose(ana, "available")
    assert Agent.objects.get(pk=here.ana.pk).on_duty
    assert "Go off duty" in ana.get("/desk/").content.decode()


def test_customers_have_no_such_pages(here: Cast, sign_in: SignIn) -> None:
    dana = sign_in(here.dana)
    for path in ("here", "gone", "status"):
        assert dana.post(f"/desk/{path}/").status_code == 404
