"""D-21: what is typed in a box survives whatever happens to its page, or to its ticket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Locator, Page, expect

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.sla.actions import reclassify
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets.actions import assign, merge, resolve
from answerable.tickets.actions.tagging import add_tag, tag_ticket
from answerable.tickets.models import CRITICAL, Message, Ticket

pytestmark = pytest.mark.browser
FILE: FilePayload = {"name": "log.txt", "mimeType": "text/plain", "buffer": b"17 errors"}


@dataclass
class Scene:
    """A page on which somebody types, and what it is about."""

    page: Page
    cast: Cast
    ticket: Ticket
    other: Ticket
    mode: str

    def saved(self) -> Locator:
        """Where the box says that its draft is saved."""
        return self.page.locator(f".box--{self.mode} .composer-saved")

    def problem(self) -> Locator:
        """Where the box says what is wrong."""
        return self.page.locator(f"#{self.mode}-problem")


def the_ticket_is_left(scene: Scene) -> None:
    for one, subject in ((scene.other, "Another"), (scene.ticket, "Exports fail")):
        scene.page.locator(f"#row-{one.pk} a").click()
        expect(scene.page.locator("#ticket-title")).to_contain_text(subject)


def the_page_is_loaded_anew(scene: Scene) -> None:
    scene.page.reload()


def the_tab_dies(scene: Scene) -> None:
    scene.page.goto("about:blank")
    scene.page.goto(f"/desk/q/all/{scene.ticket.pk}/")


def the_session_ends(scene: Scene) -> None:
    """Its writer signs in again, as the line offers, and comes back."""
    context = scene.page.context
    cookies = context.cookies()
    context.clear_cookies(name="sessionid")
    scene.page.keyboard.press("Control+Enter")
    expect(scene.problem()).to_contain_text("Your session ended at")
    context.add_cookies(cookies)  # type: ignore[arg-type]  # As they were.
    scene.page.reload()


def the_connection_goes(scene: Scene) -> None:
    scene.page.context.set_offline(True)
    scene.page.keyboard.type("!")
    expect(scene.saved()).to_contain_text("Not saved yet")
    scene.page.keyboard.press("Control+Enter")
    expect(scene.problem()).to_contain_text("kept as a draft")
    scene.page.context.set_offline(False)
    scene.page.reload()


def its_labels_change(scene: Scene) -> None:
    at, ben = timezone.now(), scene.cast.ben
    tag_ticket(scene.ticket, [add_tag("Export", by=ben, at=at)], agent=ben, at=at)
    expect(scene.page.locator(".ticket-labels")).to_contain_text("Export")


def its_severity_changes(scene: Scene) -> None:
    reclassify(
        scene.ticket,
        CRITICAL,
        by=scene.cast.ben,
        reason="Work stops.",
        at=timezone.now(),
    )
    expect(scene.page.locator("#head .chip--critical").first).to_be_visible()


def its_writers_profile_and_language_change(scene: Scene) -> None:
    mine = Agent.objects.filter(pk=scene.cast.ana.pk)
    for title, language in (("Senior specialist", "de"), ("Specialist", "en")):
        mine.update(title=title, language=language)
        scene.page.reload()
        expect(scene.page.locator("html")).to_have_attribute("lang", language)


def the_server_is_deployed(scene: Scene) -> None:
    """It is away for a moment, and what was typed meanwhile is sent once it is back."""
    drafts = "**/draft/**"
    scene.page.route(drafts, lambda route: route.fulfill(status=503))
    scene.page.keyboard.type("?")
    expect(scene.saved()).to_contain_text("Not saved yet")
    scene.page.unroute(drafts)
    scene.page.keyboard.press("Backspace")
    expect(scene.saved()).to_contain_text("saved ")
    scene.page.reload()


def others_act(scene: Scene) -> None:
    at, ben = timezone.now(), scene.cast.ben
    assign(scene.ticket, to=ben, agent=ben, at=at)  # Who types for long has taken it.
    resolve(scene.ticket, agent=ben, contact=None, reason="Twice", at=at)
    expect(scene.page.locator("#head")).to_contain_text("Resolved")


HAPPENS: tuple[Callable[[Scene], None], ...] = (
    the_ticket_is_left,
    the_page_is_loaded_anew,
    the_session_ends,
    the_connection_goes,
    the_tab_dies,
    its_labels_change,
    its_severity_changes,
    its_writers_profile_and_language_change,
    the_server_is_deployed,
    others_act,
)


@pytest.mark.parametrize("mode", ["reply", "note"])
def test_d_21_a_draft_survives_whatever_happens(
    cast_now: Cast, open_window: OpenWindow, mode: str
) -> None:
    ticket, other = ask(cast_now.dana), ask(cast_now.dana, "Another")
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    scene, box = Scene(page, cast_now, ticket, other, mode), page.locator(f"#{mode}-text")
    expect(page.locator(f"composer-box[data-mode={mode}]")).to_be_visible()
    page.keyboard.press(mode[0])
    expect(box).to_be_focused()
    page.keyboard.type("Hello")
    expect(scene.saved()).to_contain_text("saved")
    page.locator(f"#{mode}-files").set_input_files(FILE)
    file = page.locator(f"#{mode} .file-name")
    expect(file).to_have_text("log.txt")
    for happens in HAPPENS:
        happens(scene)
        text = "Hello" if HAPPENS.index(happens) < 3 else "Hello!"
        expect(box).to_have_value(text)
        expect(file).to_have_text("log.txt")
        box.focus()
        page.keyboard.press("Control+End")
    older = ask(cast_now.dana, "The same", at=timezone.now() - timedelta(hours=1))
    kept = merge(older, ticket, agent=cast_now.ben, at=timezone.now()).kept
    page.goto(f"/desk/q/all/{kept.pk}/")
    expect(box).to_have_value("Hello!")
    expect(file).to_have_text("log.txt")
    assert not Message.objects.filter(kind=mode).exists()
