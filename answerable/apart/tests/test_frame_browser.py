"""A mail as it was written, in a browser: when it loads, what it shows, how it is reached."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from answerable.apart import views
from answerable.apart.tests.opening import attached
from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.files.actions import Content, keep
from answerable.files.tests.samples import PDF, png
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets import actions
from answerable.tickets.actions import Came
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.browser

REMOTE = "https://pictures.example/logo.png"
HTML = (
    '<p>See this:</p><img src="cid:shot" alt="A shot">'
    f'<img data-remote="{REMOTE}" alt="Logo">'
    '<p><a href="https://nordwind.example/" rel="noopener noreferrer nofollow">Our page</a></p>'
    + "<p>More words.</p>"
    * 60
)


@pytest.fixture
def ticket(cast_now: Cast) -> Ticket:
    """A ticket with a mail that has a picture of its own, one of the web, and a PDF."""
    at = timezone.now()
    ticket = ask(cast_now.dana, body="See this:" + "\nMore words." * 60)
    message = ticket.messages.get()
    actions.attach_parts([Came(message=message, html=HTML, remote=[REMOTE])], at=at)
    shot = attached(message, png(400, 300), "shot.png", at=at)
    shot.content_id, shot.inline = "shot", True
    shot.save()
    attached(message, PDF, "a very long name of a log " * 5 + ".pdf", at=at)
    return ticket


def opened(page: Page) -> Page:
    page.get_by_text("Show as it was written").click()
    expect(page.frame_locator("iframe").get_by_text("See this:")).to_be_visible()
    return page


def test_it_loads_when_it_is_asked_for(
    ticket: Ticket, cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.ana)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/desk/tickets/{ticket.pk}/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/written/" in url]
    opened(page)
    shot = page.frame_locator("iframe").get_by_alt_text("A shot")
    expect(shot).to_have_js_property("naturalWidth", 400)
    assert not [url for url in asked if "pictures.example" in url or "/files/picture" in url]


def test_pictures_of_the_web_come_when_they_are_asked_for(
    ticket: Ticket, cast_now: Cast, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = keep(Content.of(png(60, 40)), at=timezone.now())
    # The web is not asked here; test_frame.py asks a server of its own.
    monkeypatch.setattr(views, "picture_at", lambda address, clock: file)
    page = opened(open_window(cast_now.ana, f"/desk/tickets/{ticket.pk}/"))
    page.get_by_role("link", name="Show pictures from other servers").click()
    logo = page.frame_locator("iframe").get_by_alt_text("Logo")
    expect(logo).to_have_js_property("naturalWidth", 60)
    assert page.url.endswith(f"/desk/tickets/{ticket.pk}/")


def test_it_can_be_made_larger_and_opened_by_itself(
    ticket: Ticket, cast_now: Cast, open_window: OpenWindow
) -> None:
    page = opened(open_window(cast_now.ana, f"/desk/tickets/{ticket.pk}/"))
    frame = page.locator("iframe")
    before = frame.bounding_box()
    page.get_by_label("Show larger").check()
    after = frame.bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"]
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Open in a tab").click()
    expect(popup.value.get_by_text("See this:")).to_be_visible()
    assert popup.value.evaluate("origin") == "null"


def test_its_links_open_beside_and_know_nothing_of_us(
    ticket: Ticket, cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.ana)
    page.context.route(
        "https://nordwind.example/",
        lambda route: route.fulfill(body="<p>Theirs</p>", content_type="text/html"),
    )
    page.goto(f"/desk/tickets/{ticket.pk}/")
    opened(page)
    with page.context.expect_page() as theirs:
        page.frame_locator("iframe").get_by_role("link", name="Our page").click()
    expect(theirs.value.get_by_text("Theirs")).to_be_visible()
    assert theirs.value.evaluate("[opener, document.referrer]") == [None, ""]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_it_is_for_everybody(
    ticket: Ticket, cast_now: Cast, open_window: OpenWindow, theme: str, width: int
) -> None:
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": theme}
    page = opened(open_window(cast_now.dana, f"/requests/{ticket.pk}/", **options))
    assert problems(page) == []
    frame = page.frames[-1]
    light = frame.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert light == ("rgb(255, 255, 255)" if theme == "light" else "rgb(17, 20, 26)")
    assert frame.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_a_host_of_their_own_serves_frames_and_files(
    ticket: Ticket,
    cast_now: Cast,
    open_window: OpenWindow,
    server_address: str,
    settings: Settings,
) -> None:
    settings.ANSWERABLE_URL = server_address
    settings.ANSWERABLE_FILES_URL = server_address.replace("127.0.0.1", "localhost")
    page = open_window(cast_now.ana)
    told: list[dict[str, str]] = []
    page.on("request", lambda request: told.append(request.all_headers()))
    page.goto(f"/desk/tickets/{ticket.pk}/")
    opened(page)
    assert page.frames[-1].url.startswith(f"{settings.ANSWERABLE_FILES_URL}/files/mail-")
    shot = page.frame_locator("iframe").get_by_alt_text("A shot")
    expect(shot).to_have_js_property("naturalWidth", 400)
    thumbnail = page.locator(".file-look img").first
    thumbnail.scroll_into_view_if_needed()
    expect(thumbnail).to_have_js_property("naturalWidth", 400)
    apart = [headers for headers in told if headers.get("host", "").startswith("localhost")]
    assert not [headers for headers in apart if "cookie" in headers]
