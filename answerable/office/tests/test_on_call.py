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
    return " ".join(answer.content.decode().replace("\N{EN DASH}", "-").split())


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


def anew() -> str:
    """Where the first rota is entered anew."""
    return f"on_call_1/{Rota.objects.earliest('pk').pk}/"


def nights(here: Cast, **changes: object) -> dict[str, object]:
    """Chidi at night, on working days."""
    hours = {f"hours_{day}": "18-8" for day in range(5)}
    people = {f"turn_{here.ana.pk}": "", f"turn_{here.ben.pk}": "", f"turn_{here.chidi.pk}": 1}
    return turns(here, in_hours="on", **hours, **people) | changes


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


def test_a_place_that_nobody_uses_has_no_gap(here: Cast, ida: Client) -> None:
    assert "since" not in words(ida)
    ida.post(PATH + "on_call_1/", turns(here))
    assert "on-call-row--gap" not in ida.get(PATH).content.decode()
    assert words(ida).count("Nobody") == 2 * 5  # Two places: now, and in four weeks.


def test_who_adds_somebody_begins_with_the_next_hand_over(here: Cast, ida: Client) -> None:
    words(ida, "on_call_1/", turns(here))
    before = on_call_at(now())[FIRST]
    page = ida.get(PATH + anew())
    form = page.context["form"]
    entered = {bound.html_name: bound.value() or "" for bound in form}
    entered |= {f"turn_{here.lena.pk}": 3, "hand_over": "09:00"}
    assert ida.post(PATH + anew(), entered).status_code == 302
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
    for nowhere in ("on_call_9/", "on_call_1/1/", f"on_call_1/{2**63}/"):
        assert ida.get(PATH + nowhere).status_code == 404


def test_one_person_or_nobody_needs_no_hand_over(here: Cast, ida: Client) -> None:
    rotas.set_on_call(FIRST, here.lena, by=here.ida, at=now() - DAY)
    assert "Lena Brandt" in words(ida)
    words(ida, anew(), turns(here, **{f"turn_{here.ana.pk}": ""}))
    assert on_call_at(now())[FIRST] == here.ben.pk
    nobody = {f"turn_{here.ana.pk}": "", f"turn_{here.ben.pk}": ""}
    words(ida, anew(), turns(here, **nobody))
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


def test_hours_are_entered_and_gaps_are_said_before_and_after(here: Cast, ida: Client) -> None:
    shown = words(ida, "on_call_1/", nights(here, show="1"))
    assert (
        "Nobody is on call: Mon 00:00-18:00, Tue - Fri 08:00-18:00, Sat 08:00-24:00, Sun all"
        in shown
    )
    assert "week-gap" in shown
    assert not Rota.objects.exists()
    part = ida.post(PATH + "on_call_1/", nights(here, show="1"), headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div class="panel stack--s" id="week"')
    said = words(ida, "on_call_1/", nights(here))
    assert Rota.objects.get().hours == ["18:00-08:00"] * 5 + ["", ""]
    assert "Every week nobody is on call, Mon 00:00-18:00, Tue - Fri 08:00-18:00" in said
    assert "Chidi Okafor: Mon - Fri 18:00-08:00 (Berlin)" in said
    assert "(Mon - Fri 18:00-08:00)" in said  # In what was changed.


def test_a_rota_beside_it_has_the_other_hours(here: Cast, ida: Client) -> None:
    words(ida, "on_call_1/", nights(here))
    filled = ida.get(PATH + "on_call_1/").context["form"]
    assert filled["in_hours"].value() is True
    shown = words(ida, "on_call_1/", turns(here, show="1"))
    assert "Somebody is on call at every hour of the week." in shown
    said = words(ida, "on_call_1/", turns(here))
    assert "Every week nobody" not in said
    assert "Ben Adler, Ana Silva: every Monday at 09:00 (Berlin)" in said
    refused = ida.post(PATH + "on_call_1/", turns(here))
    assert refused.status_code == 422
    assert "Another rota of this place is around the clock." in refused.content.decode()
    assert Rota.objects.count() == 2


def test_hours_are_entered_anew_and_a_rota_is_ended(here: Cast, ida: Client) -> None:
    words(ida, "on_call_1/", nights(here))
    page = ida.get(PATH + anew())
    form = page.context["form"]
    assert [bound.value() for bound in form.hours_fields] == ["18:00-08:00"] * 5 + ["", ""]
    words(ida, anew(), nights(here, hours_5="0-24"))
    assert "Sat all day" in words(ida)
    words(ida, anew(), nights(here, **{f"turn_{here.chidi.pk}": ""}))
    said = words(ida)
    assert "Every week" not in said
    assert "Change" not in said


def test_hours_that_nobody_means_are_said_at_their_field(here: Cast, ida: Client) -> None:
    said = words(ida, "on_call_1/", nights(here, hours_0="noon", hours_1="18-8, 20-22"))
    assert "Enter hours like 18:00-08:00, or 0-24 for all day" in said
    assert "18:00-08:00, 20:00-22:00 overlap" in said
    none = {f"hours_{day}": "" for day in range(5)}
    said = words(ida, "on_call_1/", turns(here, in_hours="on", **none))
    assert "Enter hours on one day at least, like 18:00-08:00" in said
    assert not Rota.objects.exists()
    unread = words(ida, "on_call_1/", nights(here, hours_0="noon", show="1"))
    assert "Drawn again once all fields can be read." in unread


def test_a_hand_over_within_the_hours_is_said(here: Cast, ida: Client) -> None:
    two = {f"turn_{here.ana.pk}": 2, f"turn_{here.ben.pk}": 1}
    hours = {f"hours_{day}": "18-8" for day in range(7)}
    late = turns(here, in_hours="on", hand_over="22:00", show="1", **hours) | two
    assert "The hand-over at 22:00 falls into these hours" in words(ida, "on_call_1/", late)
    early = late | {"hand_over": "18:00"}
    assert "falls into these hours" not in words(ida, "on_call_1/", early)


def test_a_cover_may_be_of_one_rotas_hours(here: Cast, ida: Client) -> None:
    words(ida, "on_call_1/", nights(here, **{f"hours_{day}": "18-24" for day in range(7)}))
    place = f"on_call_1:{Rota.objects.get().pk}"
    assert "First person on call, only" in words(ida)
    long = stretch(here, place=place, agent=here.lena.pk, first_time="12:00")
    assert "only Mon" in words(ida, "", long)
    one = Cover.objects.get()
    assert one.rota == Rota.objects.get()
    assert on_call_at(one.begins_at)[FIRST] is None
    assert on_call_at(one.ends_at - timedelta(minutes=1))[FIRST] == here.lena.pk
