"""Two browsers with microphones hold a call through the desk and the widget (5.8, 8.11)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.voice.models import Call
from answerable.channels.voice.tests.coturn import SECRET, coturn
from answerable.channels.voice.tests.talking import (
    Talking,
    bar,
    calls,
    hears,
    wants_call,
    way_there,
)
from answerable.tests.browser_fixtures import OpenWindow
from answerable.widget.tests.hosting import Host, opened

pytestmark = pytest.mark.browser


def test_they_hear_each_other(talking: Talking) -> None:
    expect(bar(talking.dana)).to_contain_text("Ana is calling you now.")
    expect(bar(talking.ana)).to_contain_text("It rings at Dana Wolf's page.")
    talking.answer()
    assert hears(talking.ana)
    assert hears(talking.dana)
    assert talking.state() == Call.State.CONNECTED
    assert talking.call.is_identified
    expect(bar(talking.ana).get_by_role("timer")).to_contain_text("00:")


def test_mute_is_told_to_the_other_and_takes_the_voice_off(talking: Talking) -> None:
    talking.answer()
    mute = bar(talking.dana).get_by_role("button", name="Mute")
    mute.click()
    expect(mute).to_have_attribute("aria-pressed", "true")
    expect(bar(talking.dana)).to_contain_text("You are muted.")
    expect(bar(talking.ana)).to_contain_text("Dana Wolf is muted.")
    assert hears(talking.dana)
    mute.click()
    expect(bar(talking.ana)).not_to_contain_text("Dana Wolf is muted.")
    assert hears(talking.ana)


def test_shift_m_mutes_at_the_desk_but_not_in_a_text_box(talking: Talking) -> None:
    talking.answer()
    mute = bar(talking.ana).get_by_role("button", name="Mute")
    talking.ana.keyboard.press("n")
    expect(talking.ana.locator("#note-text")).to_be_focused()
    talking.ana.keyboard.press("Shift+M")
    expect(mute).to_have_attribute("aria-pressed", "false")
    talking.ana.keyboard.press("Escape")
    mute.focus()
    talking.ana.keyboard.press("Shift+M")
    expect(mute).to_have_attribute("aria-pressed", "true")


def test_on_hold_nobody_hears_anybody_and_both_are_told(talking: Talking) -> None:
    talking.answer()
    hold = bar(talking.ana).get_by_role("button", name="Hold")
    hold.click()
    expect(bar(talking.ana)).to_contain_text("Dana Wolf waits on the line.")
    expect(bar(talking.dana)).to_contain_text(
        "Ana put you on hold. Nobody hears you meanwhile."
    )
    assert talking.state() == Call.State.HELD
    assert not talking.dana.evaluate("sends()")
    hold.click()
    expect(bar(talking.dana)).to_contain_text("On a call with Ana")
    assert hears(talking.dana)
    assert hears(talking.ana)


def test_either_ends_it_and_both_are_told(talking: Talking) -> None:
    talking.answer()
    bar(talking.dana).get_by_role("button", name="End call").click()
    expect(bar(talking.dana)).to_contain_text("Call ended after 1 minute.")
    expect(bar(talking.ana)).to_contain_text("Call ended after 1 minute.")
    assert talking.state() == Call.State.ENDED
    assert talking.call.outcome == Call.Outcome.CONNECTED
    bar(talking.ana).get_by_role("button", name="Close").click()
    expect(bar(talking.ana)).to_be_hidden()


def test_who_does_not_take_it_is_not_heard(talking: Talking) -> None:
    bar(talking.dana).get_by_role("button", name="Not now").click()
    expect(bar(talking.ana)).to_contain_text("The customer did not take the call.")
    assert talking.state() == Call.State.ENDED
    assert talking.call.outcome == Call.Outcome.REFUSED


def test_a_tab_that_is_loaded_again_goes_on_with_the_call(talking: Talking) -> None:
    talking.answer()
    for page, other in ((talking.ana, talking.dana), (talking.dana, talking.ana)):
        page.reload()
        expect(bar(page)).to_contain_text("On a call with")
        expect(bar(other)).to_contain_text("On a call with")
        assert hears(page)
        assert hears(other)


def test_a_closed_tab_of_the_agent_is_told_and_the_next_one_takes_over(
    talking: Talking, cast_now: Cast, open_window: OpenWindow
) -> None:
    talking.answer()
    talking.ana.close(run_before_unload=True)
    expect(bar(talking.dana)).to_contain_text("Ana's page was closed.")
    talking.ana = open_window(cast_now.ana, "/desk/")
    expect(bar(talking.dana)).to_contain_text("On a call with Ana")
    assert hears(talking.ana)
    assert hears(talking.dana)


def test_a_second_window_asks_before_it_takes_the_call(
    talking: Talking, cast_now: Cast, host: Host
) -> None:
    talking.answer()
    other = host.window(cast_now.dana)
    opened(other)
    expect(bar(other)).to_contain_text("You take this call in another window.")
    bar(other).get_by_role("button", name="Talk here").click()
    expect(bar(other).get_by_role("button", name="Mute")).to_be_visible()
    expect(bar(talking.dana)).to_contain_text("You take this call in another window.")
    assert hears(other)
    assert hears(talking.ana)


def test_it_is_held_on_the_portal_too(cast_now: Cast, open_window: OpenWindow) -> None:
    callback = wants_call(cast_now.sam)
    page = open_window(cast_now.sam, "/contact/call/")
    with page.expect_response("**/contact/call/bar/"):
        page.reload()
    call = calls(cast_now.ana, callback)
    desk = open_window(cast_now.ana, f"/desk/tickets/{callback.ticket_id}/")
    bar(page).get_by_role("button", name="Answer").click()
    expect(bar(desk)).to_contain_text("On a call with")
    assert hears(page)
    assert hears(desk)
    call.refresh_from_db()
    assert call.state == Call.State.CONNECTED


def test_a_relay_carries_it_where_nothing_else_may(
    settings: Settings, cast_now: Cast, host: Host, open_window: OpenWindow
) -> None:
    with coturn() as relay:
        settings.ANSWERABLE_TURN = [relay.address]
        settings.ANSWERABLE_TURN_SECRET = SECRET
        settings.ANSWERABLE_TURN_ONLY = True
        talking = Talking(cast_now, host, open_window)
        talking.answer()
        assert {way_there(talking.ana), way_there(talking.dana)} == {"relay"}
        assert hears(talking.ana)
        assert hears(talking.dana)


def test_a_lost_line_is_told_and_found_again(
    settings: Settings, cast_now: Cast, host: Host, open_window: OpenWindow
) -> None:
    with coturn() as relay:
        settings.ANSWERABLE_TURN = [relay.address]
        settings.ANSWERABLE_TURN_SECRET = SECRET
        settings.ANSWERABLE_TURN_ONLY = True
        talking = Talking(cast_now, host, open_window)
        talking.answer()
        relay.stop()
        expect(bar(talking.ana)).to_contain_text("The line to Dana Wolf is lost.")
        expect(bar(talking.dana)).to_contain_text("The line to Ana is lost.")
        assert talking.state() == Call.State.LOST
        relay.start()
        expect(bar(talking.ana)).to_contain_text("On a call with Dana Wolf")
        expect(bar(talking.dana)).to_contain_text("On a call with Ana")
        assert hears(talking.ana)
        assert hears(talking.dana)
        assert talking.state() == Call.State.CONNECTED
