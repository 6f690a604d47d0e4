"""What a browser shows of the wallboard's figures, and that they agree with each other."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.forecast.actions import keep_forecast, make_forecast
from answerable.forecast.models import Forecast
from answerable.forecast.tests.scenes import are_there, remembered, weeks_of_arrivals
from answerable.routing.actions import set_status
from answerable.routing.models import Presence
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets.tests.openings import opened, opened_critical
from answerable.wallboard.tests.reading import with_forecast

pytestmark = pytest.mark.browser
MINUTE = timedelta(minutes=1)
ROWS = "rows => rows.map(row => row.id)"


def test_b_01_b_04_b_06_what_is_at_risk_and_the_bars_beside_their_table(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    with_forecast(cast_now, weeks=2)
    second, first = (opened(cast_now.dana, now() - late * MINUTE) for late in (53, 56))
    for minutes in (5, 20, 21):
        opened(cast_now.dana, now() - minutes * MINUTE)
    opened_critical(cast_now.dana, now() - 2 * MINUTE)
    page = open_window(cast_now.lena, "/desk/wall/")
    risk = page.get_by_role("region", name="At risk now")
    assert risk.locator("[id^=wall-]").evaluate_all(ROWS) == [
        f"wall-{first.pk}",
        f"wall-{second.pk}",
    ]
    expect(page.get_by_text("Forecast needs 4 weeks of history.")).to_be_visible()
    page.get_by_text("Show as table").first.click()
    table = page.locator("#tile-hour table").first
    expect(table).to_be_visible()
    figures = table.locator("tbody td:nth-of-type(1)").all_inner_texts()
    bars = page.locator("#tile-hour .wall-count").all_text_contents()
    assert [figure for figure in figures if figure != "0"] == bars
    assert sum(map(int, figures)) == 6
    queue = open_window(cast_now.lena, "/desk/q/all/?clock=at_risk")
    expect(queue.locator("#queue-rows [data-number]")).to_have_count(2)


def test_b_03_the_same_scene_shows_the_same_forecast_and_with_fewer_people_no_smaller_one(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    at = now()
    are_there(cast_now.ana, cast_now.ben, cast_now.chidi, at=at)
    for minutes in range(31, 55, 3):
        opened(cast_now.dana, at - minutes * MINUTE)
    remembered(at)
    weeks_of_arrivals(3, at, within=20)
    page = open_window(cast_now.lena, "/desk/wall/")

    def shown() -> tuple[str, int]:
        Forecast.objects.filter(at__gte=at).delete()
        make_forecast(at=at)
        page.reload()
        said = page.locator("#tile-hour .tile-said").first.inner_text()
        return said, max(map(int, re.findall(r"\d+", said.partition("(")[0])))

    first, likely = shown()
    assert first.startswith("Likely to be missed: ")
    assert shown() == (first, likely)
    for agent in (cast_now.chidi, cast_now.ben, cast_now.ana):
        set_status(agent, Presence.Status.AWAY, at=at)
        before, (_said, likely) = likely, shown()
        assert likely >= before
    assert likely > int(re.findall(r"\d+", first)[0])


def test_b_07_a_screen_has_no_name_of_a_customer_in_its_source(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    opened(cast_now.dana, now() - 55 * MINUTE, subject="Ask Dana")
    page = open_window(cast_now.lena, "/desk/wall/?view=tv")
    expect(page.get_by_text(f"Account {cast_now.nordwind.pk}").first).to_be_visible()
    source = page.content()
    assert [name for name in ("Nordwind", "Dana", "Wolf") if name in source] == []


def test_b_09_b_10_it_says_how_good_forecasts_were_and_that_mail_does_not_leave(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    for missed in (0, 1, 2, 2, 1, 4):
        began = now() - timedelta(days=1)
        keep_forecast(
            Forecast(at=began, ends_at=began + 60 * MINUTE, low=0, high=2, missed=missed)
        )
    page = open_window(cast_now.lena, "/desk/wall/forecast/")
    said = "Last 30 days: real misses were inside this range 83 % of the time."
    expect(page.get_by_text(said)).to_be_visible()
    page.goto("/desk/wall/")
    health = page.locator("#tile-health")
    expect(health).to_contain_text("Mail ok")
    opened(cast_now.dana, now() - 4 * MINUTE)
    OutgoingMail.objects.update(created_at=now() - 4 * MINUTE)
    page.reload()
    expect(health).to_contain_text("Outgoing mail is 5 min behind.")
