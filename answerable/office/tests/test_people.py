"""What agents can do is entered in pages: room, skills, languages, hours, absences."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.test import Client
from django.utils import timezone

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.office.tests.conftest import SignIn
from answerable.routing.models import Ability, Absence, Skill

PEOPLE = "/office/people/"
FACTS = {
    "chats": "2",
    "calls": "1",
    "critical": "1",
    "languages": ["en"],
    "call_way": "browser",
}


def words(page: bytes) -> str:
    return " ".join(page.decode().split())


def entered(ida: Client, agent: Agent, **others: object) -> str:
    return words(ida.post(f"{PEOPLE}{agent.pk}/", FACTS | others, follow=True).content)


def absent(ida: Client, agent: Agent, **facts: str) -> str:
    posted = {f"absence-{name}": value for name, value in facts.items()}
    return words(ida.post(f"{PEOPLE}{agent.pk}/absences/", posted, follow=True).content)


def test_it_lists_everybody_with_the_defaults(here: Cast, ida: Client) -> None:
    page = words(ida.get(PEOPLE).content)
    assert "Ana Silva" in page
    assert "3 chats" in page
    assert "Whenever available" in page
    assert "Every language" in page


def test_it_keeps_what_somebody_can_do(here: Cast, ida: Client) -> None:
    skill = Skill.objects.create(key="exports", name="Exports")
    page = entered(
        ida,
        here.ana,
        skills=[str(skill.pk)],
        other_languages="fr, pt-BR",
        in_hours="on",
        hours_0="9-12, 13:00 -17:30",
        hours_1="9-12, 13:00 -17:30",
        hours_5="18-24",
        own_phone="+49 30 1234567",
    )
    assert "Saved." in page
    ability = Ability.objects.get(agent=here.ana)
    assert (ability.chats, ability.languages) == (2, ["en", "fr", "pt-br"])
    assert ability.hours[:2] == ["09:00-12:00, 13:00-17:30"] * 2
    assert ability.hours[5] == "18:00-24:00"
    assert ability.own_phone == "+49301234567"
    assert [one.name for one in ability.skills.all()] == ["Exports"]
    listed = words(ida.get(PEOPLE).content)
    assert "Mon \N{EN DASH} Tue 09:00-12:00, 13:00-17:30" in listed
    assert "Sat 18:00-24:00" in listed
    assert "English, French, Brazilian Portuguese" in listed


def test_hours_that_are_switched_off_are_not_kept(here: Cast, ida: Client) -> None:
    entered(ida, here.ana, hours_0="09:00-17:00")
    assert Ability.objects.get(agent=here.ana).hours == []


def test_it_says_what_is_wrong(here: Cast, ida: Client) -> None:
    page = entered(
        ida,
        here.ana,
        chats="100",
        other_languages="xx",
        in_hours="on",
        hours_0="nine to five",
        hours_1="9-12, 11-14",
        call_way="provider",
        own_phone="12",
    )
    for problem in (
        "Enter a number from 0 to 20",
        "No language has the code xx",
        "Enter hours like 09:00-12:00, 13:00-17:00",
        "09:00-12:00, 11:00-14:00 overlap",
        "Enter a telephone number with its country code",
    ):
        assert problem in page, problem
    assert "<title>Error:" in page
    assert not Ability.objects.exists()
    assert "Enter the number that we ring first" in entered(ida, here.ana, call_way="provider")
    assert "Enter hours on one day at least" in entered(ida, here.ana, in_hours="on")


def test_an_absence_is_whole_days_of_the_agents_zone(here: Cast, ida: Client) -> None:
    day = (timezone.now() + timedelta(days=3)).date()
    last = day + timedelta(days=4)
    page = absent(ida, here.ana, first=f"{day}", last=f"{last}", note="Holiday")
    assert "Ana Silva gets no offers then." in page
    assert "Holiday" in page
    absence = Absence.objects.get(agent=here.ana)
    zone = ZoneInfo(here.ana.zone)
    assert (
        absence.begins_at.astimezone(zone).replace(tzinfo=None).isoformat() == f"{day}T00:00:00"
    )
    assert absence.ends_at.astimezone(zone).date() == last + timedelta(days=1)
    assert "Next absent" in words(ida.get(PEOPLE).content)
    ida.post(f"{PEOPLE}{here.ana.pk}/absences/{absence.pk}/remove/")
    assert not Absence.objects.exists()


def test_an_absence_of_some_hours_is_on_now(here: Cast, ida: Client) -> None:
    zone = ZoneInfo(here.ana.zone)
    now = timezone.now().astimezone(zone)
    first, last = now - timedelta(hours=1), now + timedelta(hours=1)
    absent(
        ida,
        here.ana,
        first=f"{first:%Y-%m-%d}",
        last=f"{last:%Y-%m-%d}",
        begins=f"{first:%H:%M}",
        ends=f"{last:%H:%M}",
    )
    page = words(ida.get(PEOPLE).content)
    assert f"{first:%H:%M} \N{EN DASH}" in page
    assert "Next absent" not in page


def test_an_absence_ends_after_it_begins(here: Cast, ida: Client) -> None:
    page = absent(ida, here.ana, first="2026-12-05", last="2026-12-01")
    assert "The last day must be after the first" in page
    assert "Enter a day like 2026-11-01" in absent(ida, here.ana, first="")
    assert not Absence.objects.exists()


def test_a_skill_is_named_changed_and_removed(here: Cast, ida: Client) -> None:
    assert "There are no skills yet." in words(ida.get(f"{PEOPLE}skills/").content)
    ida.post(f"{PEOPLE}skills/new/", {"name": "Sign-in", "products": ["service"]})
    skill = Skill.objects.get()
    assert (skill.key, skill.name) == ("sign-in", "Sign-in")
    page = words(ida.post(f"{PEOPLE}skills/new/", {"name": "sign-in"}).content)
    assert "There is a skill with this name. Enter another." in page
    ida.post(f"{PEOPLE}skills/{skill.pk}/", {"name": "Single sign-on"})
    skill.refresh_from_db()
    assert (skill.key, skill.name) == ("sign-in", "Single sign-on")
    ida.post(f"{PEOPLE}skills/{skill.pk}/remove/")
    assert not Skill.objects.exists()
    assert ida.get(f"{PEOPLE}skills/{skill.pk}/").status_code == 404


def test_only_administrators_come_in(here: Cast, ida: Client, sign_in: SignIn) -> None:
    ana = sign_in(here.ana)
    for path in (PEOPLE, f"{PEOPLE}{here.ana.pk}/", f"{PEOPLE}skills/"):
        assert ana.get(path).status_code == 403, path
    assert ida.get(f"{PEOPLE}999/").status_code == 404
