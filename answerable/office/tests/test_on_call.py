"""Administrators enter who takes turns, see gaps, and let people cover."""

from __future__ import annotations

from datetime import UTC, timedelta

from django.test import Client
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.office.tests.conftest import SignIn
from answerable.routing.actions import rotas
from answerable.routing.models import Cover, Rota
from answerable.routing.on_call import on_call_at

FIRST = Rota.Place.FIRST
PATH = "/office/on-call/"
DAY = timedelta(days=1)


def words(client: Client, path: str = "", posted: dict[str, object] | None = None) -> str:
    address = PATH + path
    answer = (
        client.get(address) if posted is None else client.post(address, posted, follow=True)
    )
    return " ".join(answer.content.decode().split())


def turns(here: Cast, **changes: object) -> dict[str, object]:
    monday = now().date() - timedelta(days=now().weekday() + 7)
    usual = {
        f"turn_{here.ana.pk}": 2,
        f"turn_{here.ben.pk}": 1,
        "first_day": monday.isoformat(),
        "hand_over": "09:00",
        "zone": "Europe/Berlin",
        "days": 7,
    }
    return usual | changes


def stretch(here: Cast, **changes: object) -> dict[str, object]:
    tomorrow = (now() + DAY).date().isoformat()
    usual = {
        "place": FIRST,
        "agent": here.chidi.pk,
        "first_day": tomorrow,
        "first_time": "18:00",
        "last_day": tomorrow,
        "last_time": "22:00",
        "reason": "Concert",
    }
    return usual | changes


def test_a_rota_is_entered_and_read_week_by_week(here: Cast, ida: Client) -> None:
    said = words(ida, "on_call_1/", turns(here))
    assert "Ben Adler, Ana Silva: every Monday at 09:00 (Berlin)" in said
    assert on_call_at(now())[FIRST] in {here.ana.pk, here.ben.pk}
    assert "Ana Silva has no telephone number." in said
    assert f"/office/people/{here.ana.pk}/" in said
    assert "First person on call: Ben Adler, Ana Silva, for 7 days each, from" in said
    assert "today is" in said


def test_who_adds_somebody_begins_with_the_next_hand_over(here: Cast, ida: Client) -> None:
    words(ida, "on_call_1/", turns(here))
    before = on_call_at(now())[FIRST]
    page = ida.get(PATH + "on_call_1/")
    form = page.context["form"]
    entered = {bound.html_name: bound.value() or "" for bound in form}
    entered |= {f"turn_{here.lena.pk}": 3, "hand_over": "09:00"}
    assert ida.post(PATH + "on_call_1/", entered).status_code == 302
    assert on_call_at(now())[FIRST] == before
    assert on_call_at(now() + timedelta(days=7))[FIRST] not in {before, None}


def test_what_nobody_means_is_said_at_its_field(here: Cast, ida: Client) -> None:
    both = {f"turn_{here.ana.pk}": 1}
    wrong = {"days": 0, "zone": "Moon", "first_day": "2999-01-01", "hand_over": "9 o'clock"}
    said = words(ida, "on_call_1/", turns(here, **both, **wrong))
    for line in (
        "has this number, too",
        "Enter a number from 1 to 366",
        "Select a time zone from the list",
        "Enter a day within two years",
        "Enter a time like 08:00",
    ):
        assert line in said
    assert not Rota.objects.exists()
    assert ida.get(PATH + "on_call_9/").status_code == 404


def test_one_person_or_nobody_needs_no_hand_over(here: Cast, ida: Client) -> None:
    rotas.set_on_call(FIRST, here.lena, by=here.ida, at=now() - DAY)
    assert "Lena Brandt" in words(ida)
    words(ida, "on_call_1/", turns(here, **{f"turn_{here.ana.pk}": ""}))
    assert on_call_at(now())[FIRST] == here.ben.pk
    nobody = {f"turn_{here.ana.pk}": "", f"turn_{here.ben.pk}": ""}
    words(ida, "on_call_1/", turns(here, **nobody))
    assert on_call_at(now())[FIRST] is None


def test_somebody_covers_and_does_not_any_more(here: Cast, ida: Client) -> None:
    words(ida, "on_call_1/", turns(here))
    said = words(ida, "", stretch(here))
    assert "Saved. Chidi Okafor covers." in said
    assert "covers for" in said
    one = Cover.objects.get()
    assert one.ends_at - one.begins_at == timedelta(hours=4)
    assert on_call_at(one.begins_at.astimezone(UTC))[FIRST] == here.chidi.pk
    said = words(ida, f"covers/{one.pk}/remove/", {})
    assert "Chidi Okafor does not cover any more" in said
    assert not Cover.objects.exists()
    assert ida.post(f"{PATH}covers/{one.pk}/remove/").status_code == 404


def test_a_cover_that_ends_first_is_refused(here: Cast, ida: Client) -> None:
    assert "The end must be after the beginning" in words(
        ida, "", stretch(here, last_time="17:00")
    )
    past = {"first_day": "2020-01-01", "last_day": "2020-01-02"}
    assert "The end must be in the future" in words(ida, "", stretch(here, **past))
    assert not Cover.objects.exists()


def test_an_address_fills_in_a_shift(here: Cast, ida: Client) -> None:
    begin = now().replace(microsecond=0)
    query = f"?place=on_call_2&begins={begin.timestamp():.0f}&ends=99999999999"
    form = ida.get(PATH + query).context["form"]
    assert form["place"].value() == "on_call_2"
    assert form["first_day"].value() == begin.astimezone(form.zone).date()
    assert form["last_day"].value() is None


def test_agents_have_no_business_here(here: Cast, sign_in: SignIn) -> None:
    ben = sign_in(here.ben)
    assert ben.get(PATH).status_code in {403, 404}
    assert ben.post(PATH + "on_call_1/", turns(here)).status_code in {403, 404}
    assert not Rota.objects.exists()
