"""The widget is for everybody: readers of screens, small screens, large type (ux.md 5.11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from answerable.cast import Cast
from answerable.tests.reach import problems
from answerable.widget.tests.hosting import Host, form_of, opened, send
from answerable.widget.tests.test_w_frame_browser import five_about_exports

pytestmark = pytest.mark.browser

SNAPSHOTS = Path(__file__).parent / "snapshots"
# What differs from run to run: times, numbers, dates, and what depends on the hour.
VARIES = [
    # Over midnight.
    (re.compile(r"Counted (\w{3} [\d:]+) \u2013 \w{3} ([\d:]+)"), "Counted \\1\N{EN DASH}\\2"),
    (re.compile(r"\d\d:\d\d(:\d\d)?"), "15:10"),
    (re.compile(r"#\d+"), "#4821"),
    (re.compile(r", in \d+ minutes"), ", in 59 minutes"),
    (re.compile(r"in \d+ minutes"), "in 59 minutes"),
    (re.compile(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)( \d+ \w+,)? 15:10"), "today"),
    (re.compile(r"15:10 today"), "today"),
    (re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}"), "21 August 2025"),
    (re.compile(r"\b(Mon|Tue|Wed|Fri|Sat|Sun) 21 August 2025"), "Thu 21 August 2025"),
    (re.compile(r"\w+day \d{1,2} \w+"), "Monday 20 October"),
    (re.compile(r"UTC[+\d]+"), "UTC+1"),
    (re.compile(r"\d+ bytes"), "200 bytes"),
    (re.compile(r"^.*/url: .*\n", re.MULTILINE), ""),
    (re.compile(r"^.*Specialists are back.*\n", re.MULTILINE), ""),
    (re.compile(r"^.*(Page|Browser|Window|http|Mozilla|Chrome).*\n", re.MULTILINE), ""),
]


def states(cast: Cast, host: Host, **options: Any) -> Iterator[tuple[str, Page, Locator]]:
    """Yield each state of the panel by its name in ux.md 5.3, one after another."""
    five_about_exports()
    page = host.window(cast.dana, **options)
    panel = opened(page)
    yield "w1-ask", page, panel
    panel.get_by_label("Ask a question").fill("export")
    expect(panel.get_by_role("heading", name="5 answers for export")).to_be_visible()
    yield "w2-answers", page, panel
    panel.locator(".hit").first.click()
    expect(panel.get_by_text("Was this article helpful?")).to_be_visible()
    yield "w2-article", page, panel
    panel.get_by_role("button", name="Back to your question").click()
    panel.get_by_label("Ask a question").fill("zzz")
    expect(panel.locator("#answers")).to_contain_text("No article matches zzz.")
    yield "w2-empty", page, panel
    panel.get_by_role("button", name="Contact support").click()
    expect(panel.get_by_role("button", name="Email.")).to_be_visible()
    yield "w3-channels", page, panel
    yield from _written(page, panel)
    yield from _others(cast, host, **options)


def _written(page: Page, panel: Locator) -> Iterator[tuple[str, Page, Locator]]:
    panel.get_by_role("button", name="Email.").click()
    panel.get_by_label("This is business-critical").check()
    panel.get_by_label("What happened?").fill("")
    send(panel)
    expect(panel.get_by_role("group", name="There is a problem")).to_be_focused()
    yield "w4-form", page, panel
    panel.get_by_label("What happened?").fill("Exports fail")
    panel.get_by_label("Data was lost or exposed").check()
    send(panel)
    expect(panel.get_by_role("heading", name="We have your message")).to_be_focused()
    yield "w5-sent", page, panel
    panel.get_by_role("button", name="Add details").click()
    expect(panel.get_by_role("log", name="Conversation")).to_be_visible()
    yield "w6-conversation", page, panel
    panel.get_by_role("button", name="Why?").click()
    expect(panel.get_by_role("heading", name="is worked out")).to_be_visible()
    yield "why", page, panel


def _others(cast: Cast, host: Host, **options: Any) -> Iterator[tuple[str, Page, Locator]]:
    for name, person in {
        "w9-not-entitled": cast.tom,
        "w10-no-super-admin": cast.sam,
        "w11-signed-out": None,
        "w12-ended": cast.mara,
    }.items():
        page = host.window(person, **options)
        panel = opened(page)
        panel.get_by_role("button", name="Contact support").click()
        heading = panel.get_by_role("heading", level=2)
        expect(heading).not_to_have_text("How can we help?")
        expect(panel).not_to_contain_text("Checking times…")
        yield name, page, panel


def steady(snapshot: str) -> str:
    for pattern, instead in VARIES:
        snapshot = pattern.sub(instead, snapshot)
    return snapshot


def test_w_18_a_screen_reader_reads_each_state(cast_now: Cast, host: Host) -> None:
    new: list[str] = []
    for name, _page, panel in states(cast_now, host):
        file = SNAPSHOTS / f"{name}.yaml"
        said = steady(panel.aria_snapshot()) + "\n"
        if not file.exists():
            file.write_text(said)
            new.append(file.name)
        assert said == file.read_text(), name
    assert new == [], "These were written now: read them, and run this again."


@pytest.mark.parametrize(
    "options",
    [
        {"color_scheme": "light"},
        {"theme": "dark", "viewport": {"width": 375, "height": 720}},
        {"forced_colors": "active", "viewport": {"width": 768, "height": 800}},
        {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
    ],
    ids=["light", "dark", "forced", "small"],
)
def test_w_18_nothing_stands_in_anybodys_way(
    cast_now: Cast, host: Host, options: dict[str, Any]
) -> None:
    # Colours on their way from one to another have no contrast.
    shown = states(cast_now, host, **options, reduced_motion="reduce")
    found = {}
    for name, page, _panel in shown:
        found[name] = problems(page)
        if theme := options.get("theme"):
            expect(page.locator("support-desk .desk")).to_have_css("color-scheme", theme)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


# A window of 1280 by 1024 at 400 % is as small as the second one.
@pytest.mark.parametrize("height", [640, 256], ids=["phone", "zoomed"])
def test_w_19_it_fits_small_screens(cast_now: Cast, host: Host, height: int) -> None:
    narrow = ViewportSize(width=320, height=height)
    for _name, page, panel in states(cast_now, host, viewport=narrow):
        wide = panel.locator(".body").evaluate("(body) => body.scrollWidth - body.clientWidth")
        assert wide <= 0
        assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0


def test_w_19_it_leaves_room_for_a_keyboard(cast_now: Cast, host: Host) -> None:
    page = host.window(cast_now.dana, viewport=ViewportSize(width=360, height=640))
    panel = form_of(opened(page))
    panel.get_by_label("What happened?").focus()
    page.set_viewport_size(ViewportSize(width=360, height=380))
    expect(panel.get_by_role("button", name="Send message")).to_be_in_viewport(ratio=1)
    expect(panel.get_by_label("What happened?")).to_be_in_viewport()
