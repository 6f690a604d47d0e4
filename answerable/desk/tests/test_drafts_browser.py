"""What an agent has typed survives whatever happens around it (ux.md 8.7, check D-21): in the
box of a chat and in the summary of a call. Each goes through all of it, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import FilePayload, Locator, Page, expect

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.channels.chat import actions as chats
from answerable.channels.voice.tests.calls import asked_by
from answerable.desk.tests.chatting import before, taken
from answerable.desk.tests.cutting import Wire
from answerable.desk.tests.opening import ask
from answerable.desk.tests.test_calls_browser import DIALLED
from answerable.tests.browser_fixtures import OpenWindow, _session_of
from answerable.tickets import actions
from answerable.tickets.models import CRITICAL, Ticket

pytestmark = pytest.mark.browser
FILE: FilePayload = {"name": "log.txt", "mimeType": "text/plain", "buffer": b"17 errors"}
TYPED = "Half a sentence"


@dataclass(slots=True)
class Scene:
    """A page with a box in which something is typed, on a ticket, and the lines to them."""

    page: Page
    cast: Cast
    wire: Wire
    ticket: Ticket
    address: str
    box: str
    files: str = ""
    typed: str = TYPED

    @property
    def text(self) -> Locator:
        return self.page.locator(self.box)

    def type(self, more: str) -> None:
        """Type, at the end of what is there."""
        self.text.press("End")
        self.text.press_sequentially(more)
        self.typed += more

    def saved(self) -> None:
        """Wait until what is typed is on the server."""
        body = self.typed
        saved = self.page.locator(".composer-saved, .call-saved").filter(has_text="saved")
        expect(saved.first).to_be_visible()
        expect(self.text).to_have_value(body)

    def intact(self) -> None:
        """Look whether text and files are there."""
        expect(self.text).to_have_value(self.typed)
        if self.files:
            expect(self.page.locator(self.files)).to_contain_text("log.txt")

    def go(self, address: str = "") -> None:
        self.page.goto(self.wire.address + (address or self.address))


def switch_ticket(scene: Scene) -> None:
    scene.go(f"/desk/tickets/{ask(scene.cast.sam).pk}/")
    scene.go()


def reload(scene: Scene) -> None:
    scene.page.reload()


def kill_tab(scene: Scene) -> None:
    context = scene.page.context
    scene.page.close(run_before_unload=False)
    scene.page = context.new_page()
    scene.go()


def sign_out_and_in(scene: Scene) -> None:
    context, name = scene.page.context, settings.SESSION_COOKIE_NAME
    form = "document.querySelector('form[action*=out]').requestSubmit()"
    with scene.page.expect_navigation():
        scene.page.evaluate(form)
    session = _session_of(scene.cast.ana)
    context.add_cookies([{"name": name, "value": session, "url": scene.wire.address}])
    scene.go()


def other_takes(scene: Scene) -> None:
    ben = scene.cast.ben
    actions.assign(scene.ticket, to=ben, agent=ben, at=timezone.now())


def other_resolves(scene: Scene) -> None:
    actions.resolve(
        scene.ticket, agent=scene.cast.ben, contact=None, reason="Done", at=timezone.now()
    )


def label(scene: Scene) -> None:
    """What a ticket is about is corrected: as every mark on it, for all who look."""
    about = actions.About(product="crm", environment="staging")
    actions.correct_facts(
        scene.ticket,
        about,
        severity=scene.ticket.severity,
        reason="They say so",
        agent=scene.cast.ben,
        at=timezone.now(),
    )


def severity(scene: Scene) -> None:
    actions.set_severity(
        scene.ticket, CRITICAL, by=scene.cast.ben, reason="It is worse", at=timezone.now()
    )


def profile_edit(scene: Scene) -> None:
    Agent.objects.filter(pk=scene.cast.ana.pk).update(name="Ana Maria Silva")
    scene.page.reload()


def language_change(scene: Scene) -> None:
    for language in ("de", "en"):
        Agent.objects.filter(pk=scene.cast.ana.pk).update(language=language)
        scene.page.reload()
        expect(scene.page.locator("html")).to_have_attribute("lang", language)
        scene.intact()


def deploy(scene: Scene) -> None:
    """All that is open ends, and nobody answers for a while."""
    scene.wire.cut()
    scene.type(" more")
    scene.wire.mend()
    scene.page.reload()


def two_tabs(scene: Scene) -> None:
    second = scene.page.context.new_page()
    second.goto(scene.wire.address + scene.address)
    expect(second.locator(scene.box)).to_have_value(scene.typed)
    second.close()


def offline(scene: Scene) -> None:
    scene.page.context.set_offline(True)
    scene.type(" and more")
    scene.page.context.set_offline(False)
    scene.page.reload()


HAPPENS: list[Callable[[Scene], None]] = [
    switch_ticket,
    reload,
    kill_tab,
    sign_out_and_in,
    other_takes,
    other_resolves,
    label,
    severity,
    profile_edit,
    language_change,
    deploy,
    two_tabs,
    offline,
]


def all_of_it(scene: Scene) -> None:
    """Let everything happen, and look each time: at the page as it is, and loaded anew."""
    for happens in HAPPENS:
        happens(scene)
        scene.intact()
    scene.page.reload()
    scene.intact()


def merge(scene: Scene) -> Ticket:
    """Merge the ticket, and return the one on which it goes on."""
    older = ask(scene.cast.dana, "The same", at=before(3600))
    return actions.merge(older, scene.ticket, agent=scene.cast.ben, at=timezone.now()).kept


@pytest.fixture
def wire(server_address: str) -> Iterator[Wire]:
    made = Wire(server_address)
    yield made
    made.close()


def test_d_21_what_is_typed_in_a_chat_survives(
    cast_now: Cast, open_window: OpenWindow, wire: Wire
) -> None:
    chat = taken(cast_now.dana, cast_now.ana, "Exports fail", ago=300)
    page, address = open_window(cast_now.ana, "/desk/"), f"/desk/chats/{chat.key}/"
    scene = Scene(page, cast_now, wire, chat.ticket, address, "#chat-text", "#chat-box .file")
    scene.go()
    scene.text.press_sequentially(TYPED)
    page.locator("#chat-files").set_input_files(FILE)
    scene.saved()
    all_of_it(scene)
    chats.go_away(chat, since=timezone.now(), at=timezone.now())
    scene.intact()
    scene.box, scene.files = "#reply-text", "#reply .file"
    scene.go(f"/desk/tickets/{merge(scene).pk}/")
    scene.intact()


def test_d_21_what_is_typed_during_a_call_survives(
    cast_now: Cast, open_window: OpenWindow, wire: Wire
) -> None:
    callback = asked_by(cast_now.dana, timezone.now())
    page, address = open_window(cast_now.ana, "/desk/"), f"/desk/tickets/{callback.ticket_id}/"
    page.context.add_init_script(DIALLED)
    box = "call-panel textarea"
    scene = Scene(page, cast_now, wire, callback.ticket, address, box)
    scene.go()
    expect(page.get_by_role("button", name="Call now")).to_be_visible()
    page.keyboard.press("F2")
    expect(page.get_by_role("heading", name="Calling Dana Wolf")).to_be_visible()
    scene.text.press_sequentially(TYPED)
    scene.saved()
    all_of_it(scene)
    merge(scene)
    scene.go()
    scene.intact()
