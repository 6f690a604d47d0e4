"""In a call: what needs consent, what may be missing, and that everybody can use the bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from answerable.channels.voice.models import Call, Recording
from answerable.channels.voice.tests.talking import Talking, bar, hears
from answerable.tests.reach import problems
from answerable.tests.waiting import wait_until_it
from answerable.tickets.models import Attachment

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def refuse_microphone(page: Page) -> None:
    """Let a person have said to their browser that this page gets no microphone."""
    page.evaluate(
        """() => {
          navigator.mediaDevices.getUserMedia = async () => {
            throw new DOMException("", "NotAllowedError")
          }
        }"""
    )


def press(page: Page, name: str) -> None:
    bar(page).get_by_role("button", name=name, exact=True).click()


def test_it_is_recorded_only_while_both_agree(talking: Talking) -> None:
    talking.answer()
    press(talking.ana, "Record")
    expect(bar(talking.ana)).to_contain_text("Recording begins when they allow it")
    expect(bar(talking.dana)).to_contain_text("Ana asks to record this call.")
    press(talking.dana, "Allow recording")
    for page in (talking.ana, talking.dana):
        expect(bar(page).get_by_text("This call is recorded.")).to_be_visible()
    with talking.ana.expect_response("**/recordings/*/1/"):
        assert hears(talking.ana)
    with talking.ana.expect_response("**/recordings/*/*/?last=1"):
        press(talking.dana, "Stop recording")
    for page in (talking.ana, talking.dana):
        expect(bar(page).get_by_text("This call is recorded.")).to_be_hidden()
    recording = Recording.objects.get()
    assert recording.contact_agreed_at
    assert recording.file
    attachment = Attachment.objects.get()
    assert attachment.message
    assert attachment.message.kind == "note"
    assert played(talking.ana, talking.call.ticket_id, attachment.pk) > 3


def played(page: Page, ticket: int, attachment: int) -> float:
    """Return for how many seconds a file can be played."""
    return float(
        page.evaluate(
            """async (address) => {
              const bytes = await (await fetch(address)).arrayBuffer()
              return (await new AudioContext().decodeAudioData(bytes)).duration
            }""",
            f"/desk/tickets/{ticket}/files/{attachment}/",
        )
    )


def test_a_recording_that_is_not_allowed_is_none(talking: Talking) -> None:
    talking.answer()
    press(talking.ana, "Record")
    press(talking.dana, "Do not record")
    expect(bar(talking.ana).get_by_role("button", name="Record", exact=True)).to_be_visible()
    expect(talking.ana.locator("#status")).to_contain_text("The call is not recorded.")
    assert Recording.objects.get().begun_at is None


def test_a_screen_is_shown_when_its_owner_chooses_so(talking: Talking) -> None:
    talking.answer()
    press(talking.ana, "Ask to see the screen")
    asked = bar(talking.dana).locator("[data-call-ask-screen]")
    expect(asked).to_contain_text("Ana asks to see your screen.")
    asked.get_by_role("button", name="Share my screen").click()
    screen = bar(talking.ana).get_by_role("figure", name="Screen of Dana Wolf")
    expect(screen).to_be_visible()
    video = talking.ana.locator(".callbar-screen video")
    wait_until_it(video, "(one) => one.videoWidth > 0")
    expect(bar(talking.ana)).to_contain_text("Dana Wolf shares their screen.")
    press(talking.dana, "Share my screen")
    expect(screen).to_be_hidden()
    assert hears(talking.ana)


def test_a_screen_may_be_kept_to_oneself(talking: Talking) -> None:
    talking.answer()
    press(talking.ana, "Ask to see the screen")
    press(talking.dana, "Do not share")
    expect(bar(talking.dana).get_by_text("asks to see your screen")).to_be_hidden()
    expect(talking.ana.locator("#status")).to_contain_text("does not share their screen")


def test_a_customer_without_a_microphone_is_called_by_telephone(talking: Talking) -> None:
    refuse_microphone(talking.dana)
    press(talking.dana, "Answer call")
    expect(bar(talking.dana)).to_contain_text(
        "Your browser blocks the microphone. Allow it in the address bar, or let us call"
    )
    expect(bar(talking.ana)).to_contain_text("Dana Wolf's browser blocks the microphone.")
    press(talking.dana, "Call my phone")
    expect(bar(talking.ana)).to_contain_text("The call could not be made.")
    assert talking.state() == Call.State.ENDED
    talking.callback.refresh_from_db()
    assert talking.callback.ended_at is None


def test_devices_are_chosen_and_tried_before_the_call(talking: Talking) -> None:
    bar(talking.dana).get_by_text("Microphone and speaker").click()
    expect(bar(talking.dana)).to_contain_text("We hear you.")
    microphones = bar(talking.dana).get_by_label("Microphone")
    microphones.select_option(index=1)
    chosen = microphones.input_value()
    talking.answer()
    assert hears(talking.ana)
    expect(microphones).to_have_value(chosen)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_d_30_the_bar_is_reachable_by_everybody(
    talking: Talking, width: int, dark: bool
) -> None:
    talking.answer()
    for page in (talking.ana, talking.dana):
        page.set_viewport_size({"width": width, "height": 800})
        # Without motion: colours on their way from one scheme to the other have no contrast.
        page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
        assert problems(page) == []
        box = bar(page).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
