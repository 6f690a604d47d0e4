"""The wallboard as a lead reads it, tile by tile, in the states that ux.md names."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from answerable.accounts.actions import let_in, set_duty
from answerable.cast import Cast
from answerable.channels.email.models import MailServer, OutgoingMail
from answerable.forecast.actions import keep_forecast
from answerable.forecast.models import Forecast
from answerable.forecast.tests.scenes import MINUTE, are_there
from answerable.notices.tests.scene import tick, with_the_table
from answerable.routing import actions as routing
from answerable.routing.actions import rotas
from answerable.routing.actions.abilities import Facts, save_ability
from answerable.routing.core.filters import Filters
from answerable.routing.filter_sql import Asker, where
from answerable.routing.models import Presence, Rota
from answerable.routing.order_sql import Scope, Slice, ordered
from answerable.tickets import actions as tickets
from answerable.tickets.tests.openings import opened, opened_critical
from answerable.wallboard.queries.hours import closed_at
from answerable.wallboard.tests.conftest import browser_of
from answerable.wallboard.tests.reading import WALL, at_risk, read, tile, with_forecast
from answerable.wallboard.until import until_of


def rows(page: str) -> list[int]:
    risk = page.split('id="tile-risk"')[1].split("</section>", maxsplit=1)[0]
    return [int(number) for number in re.findall(r'id="wall-(\d+)"', risk)]


def test_b_01_what_is_at_risk_stands_in_the_order_of_slack(here: Cast, lena: Client) -> None:
    second, first = at_risk(here, 53), at_risk(here, 56)
    opened(here.dana, now() - 10 * MINUTE)
    page = read(lena)
    assert rows(page) == [first.pk, second.pk]
    scope = Scope("all", None, where(_filter("at_risk"), Asker(here.lena.pk, UTC, now())))
    queue = ordered(scope, "slack", Slice(50), at=now())
    assert [number for _, number in queue] == rows(page)
    assert tile(page, "risk").startswith("At risk now 2")


def _filter(state: str) -> Filters:
    return Filters().with_one("clock", [state])


def test_each_row_says_who_has_it_and_why(here: Cast, lena: Client) -> None:
    at = now()
    are_there(here.ana, here.ben, here.chidi, at=at)
    unclaimed, mine, behind, away = (at_risk(here, minutes) for minutes in (57, 56, 55, 54))
    tickets.take(mine, agent=here.ana, at=at)
    tickets.take(behind, agent=here.ana, at=at)
    tickets.take(away, agent=here.ben, at=at)
    routing.set_status(here.ben, Presence.Status.AWAY, at=at)
    page = read(lena)
    said = tile(page, "risk")
    assert rows(page) == [unclaimed.pk, mine.pk, behind.pk, away.pk]
    assert "unassigned" in said
    assert "Ana · has it next" in said
    assert "Ana · 1 ahead of it" in said
    assert "Ben · owner is away" in said
    assert f"/desk/tickets/{unclaimed.pk}/assign/" in page
    assert f"/desk/tickets/{unclaimed.pk}/take/" in page


def test_nothing_at_risk_names_what_is_due_next(here: Cast, lena: Client) -> None:
    assert "No promise is at risk." in tile(read(lena), "risk")
    ticket = opened(here.dana, now() - 10 * MINUTE)
    tickets.take(ticket, agent=here.ben, at=now())
    due = ticket.clocks.get(metric="first_response").due_at.astimezone().tzinfo
    assert due is not None
    said = tile(read(lena), "risk")
    assert re.search(rf"Next due (?:\w+ )?\d\d:\d\d \(#{ticket.pk}, Ben\)\.", said)


def test_figures_count_what_is_late_unclaimed_and_unassigned(here: Cast, lena: Client) -> None:
    opened(here.dana, now() - 61 * MINUTE)
    opened_critical(here.dana, now() - MINUTE)
    opened(here.dana, now() - 20 * MINUTE)
    page = read(lena)
    assert tile(page, "late").startswith("Late 1")
    assert tile(page, "unclaimed") == "Unclaimed critical 1"
    assert tile(page, "unassigned") == "Unassigned, due < 1 h 2"
    assert page.count("tile--insists") == 1


def test_today_counts_what_was_decided(here: Cast, lena: Client) -> None:
    assert tile(read(lena), "today") == "Today kept \N{EN DASH}"
    ticket = opened(here.dana, now() - 10 * MINUTE)
    answered = tickets.answer(ticket, agent=here.ana, body="Done.", seen=2**62, at=now())
    tickets.mark_delivered(answered, at=now())
    assert tile(read(lena), "today") in {"Today kept 1 of 1", "Today kept \N{EN DASH}"}


def test_b_06_the_bars_and_their_table_have_the_same_figures(here: Cast, lena: Client) -> None:
    for minutes in (5, 20, 21):
        opened(here.dana, now() - minutes * MINUTE)
    opened_critical(here.dana, now() - 2 * MINUTE)
    page = read(lena)
    plot = re.findall(r'<text class="wall-count"[^>]*>(\d+)</text>', page)
    table = re.findall(r'<th scope="row">\d\d:\d\d</th><td class="number">(\d+)</td>', page)
    assert len(table) == 7
    assert [count for count in table if count != "0"] == plot
    assert 'fill="url(#wall-hatch)"' in page
    assert "<summary>Show as table</summary>" in page


def test_b_04_little_history_gives_no_figure(here: Cast, lena: Client) -> None:
    with_forecast(here, weeks=2)
    said = tile(read(lena), "hour")
    assert "Forecast needs 4 weeks of history. Showing known promises only." in said
    assert "Likely" not in said
    assert "Expected" not in said


def test_the_forecast_is_said_with_its_range(here: Cast, lena: Client) -> None:
    for _ in range(3):
        opened(here.dana, now() - 20 * MINUTE)
    with_forecast(here)
    page = read(lena)
    assert "Likely to be missed: 3 (80 % range 3)" in tile(page, "hour")
    assert re.search(r"New work expected: \d+ \(\d+.\d+\)", tile(page, "hour"))
    assert re.search(r"Need \d\d:\d\d.\d\d:\d\d: [1-9] Planned: 0", tile(page, "people"))
    assert re.search(r"\d short", tile(page, "people"))


def test_more_than_expected_is_said(here: Cast, lena: Client) -> None:
    at = now()
    inputs = {"came": 18, "came_low": 6, "came_high": 13}
    figures = {"low": 0, "high": 2, "likely": [0, 1], "mean": 0.6}
    keep_forecast(
        Forecast(
            at=at,
            ends_at=at + timedelta(hours=1),
            low=0,
            high=2,
            is_widened=True,
            shown={
                "inputs": inputs,
                "likely": figures,
                "new": figures,
                "need": 2,
                "planned": 2,
                "expected": [],
                "fixes": [],
            },
        )
    )
    said = tile(read(lena), "hour")
    assert "More came in than expected (18, expected 6\N{EN DASH}13). Forecast widened." in said


def test_nobody_on_duty_names_who_is_called(here: Cast, lena: Client) -> None:
    ability = routing_ability(here)
    page = read(lena)
    said = tile(page, "people")
    assert f"No one is available. On-call: Ravi, {ability}" in said
    assert "Call Ravi" in said
    assert "tel:+4930901820" in page


def test_nobody_on_duty_names_who_is_on_call_first(here: Cast, lena: Client) -> None:
    routing_ability(here)
    save_ability(here.ben, Facts(chats=1, calls=1, critical=1, own_phone="+4930901821"))
    rotas.set_on_call(Rota.Place.FIRST, here.ben, by=here.ida, at=now() - MINUTE)
    assert "No one is available. On-call: Ben, +49 30 901821" in tile(read(lena), "people")


def test_outside_hours_who_is_on_call_has_what_is_critical(here: Cast) -> None:
    saturday = now() - timedelta(days=(now().weekday() + 2) % 7)
    saturday = saturday.replace(hour=12)
    closed = closed_at(saturday)
    assert closed
    assert closed.on_duty.startswith("Ana, Ben, Chidi")
    rotas.set_on_call(Rota.Place.FIRST, here.lena, by=here.ida, at=saturday)
    closed = closed_at(saturday)
    assert closed
    assert closed.on_duty == "Lena"


def routing_ability(cast: Cast) -> str:
    set_duty(cast.ravi, on_duty=True)
    save_ability(cast.ravi, Facts(chats=1, calls=1, critical=1, own_phone="+4930901820"))
    return "+49 30 901820"


def test_people_are_counted_by_how_they_stand(here: Cast, lena: Client) -> None:
    are_there(here.ana, here.ben, here.chidi, at=now())
    routing.set_status(here.ben, Presence.Status.FINISHING, at=now())
    said = tile(read(lena), "people")
    assert "Available 2 On a call 0 Finishing 1" in said
    assert "Room: chats 6, calls 2, critical 2" in said


def test_b_10_mail_that_does_not_leave_is_said_on_the_health_line(
    here: Cast, lena: Client
) -> None:
    assert "Mail ok" in tile(read(lena), "health")
    OutgoingMail.objects.all().delete()
    opened(here.dana, now() - 4 * MINUTE)
    OutgoingMail.objects.update(created_at=now() - 4 * MINUTE)
    said = tile(read(lena), "health")
    assert "Outgoing mail is 5 min behind. Replies sent now count when delivered." in said
    MailServer.objects.create(name="relay", failures=2, since=now())
    OutgoingMail.objects.all().delete()
    assert "The mail server does not answer." in tile(read(lena), "health")


def test_a_sensor_that_is_dead_is_said(here: Cast, lena: Client) -> None:
    said = tile(read(lena), "health")
    assert "No sign of life: work, watch, mail." in said
    assert "No forecast is made. The worker may be down." in said
    for agent in (here.ana, here.ben, here.chidi):
        set_duty(agent, on_duty=False)
    assert "The ladder reaches nobody on duty." in tile(read(lena), "health")


def test_a_ladder_that_reached_nobody_is_said_until_somebody_has_the_ticket(
    here: Cast, lena: Client
) -> None:
    at = now()
    with_the_table(here)
    ticket = opened_critical(here.mara, at - 2 * MINUTE)
    tick(at - 2 * MINUTE)
    tick(at)
    said = f"The ladder of #{ticket.pk} reached nobody."
    assert said in tile(read(lena), "health")
    tickets.take(ticket, agent=here.ana, at=at)
    assert said not in tile(read(lena), "health")


def test_leads_alone_may_look(here: Cast, lena: Client) -> None:
    ana = browser_of(here.ana)
    pages = (WALL, f"{WALL}tiles/", f"{WALL}forecast/", f"{WALL}screens/")
    assert {lena.get(page).status_code for page in pages} == {200}
    assert {browser_of(here.ida).get(page).status_code for page in pages} == {200}
    assert {ana.get(page).status_code for page in pages} == {403}
    dana = Client()
    user = let_in(here.dana, at=now())
    dana.force_login(user, backend="answerable.accounts.backend.People")
    assert {dana.get(page).status_code for page in pages} == {404}
    assert {Client().get(page).status_code for page in pages} == {302}


def test_b_09_the_page_of_the_forecast_says_how_good_it_was(here: Cast, lena: Client) -> None:
    at = now()
    for missed in (0, 1, 2, 2, 1, 4):
        began = at - timedelta(days=1)
        keep_forecast(
            Forecast(at=began, ends_at=began + 60 * MINUTE, low=0, high=2, missed=missed)
        )
    page = read(lena, f"{WALL}forecast/")
    assert "Last 30 days: real misses were inside this range 83 % of the time." in page


@pytest.mark.parametrize("many", [2, 40])
def test_what_the_board_costs_does_not_grow_with_the_queue(
    here: Cast, lena: Client, many: int
) -> None:
    for number in range(many):
        opened(here.dana, now() - number * MINUTE)
    with CaptureQueriesContext(connection) as asked:
        read(lena, f"{WALL}tiles/")
    assert len(asked) <= 62


def test_what_is_asked_for_lasts_until_a_full_quarter() -> None:
    at = datetime.fromisoformat("2025-10-20T14:33:20+02:00")
    assert until_of(at) == datetime.fromisoformat("2025-10-20T15:15:00+02:00")
