"""The two boxes in a browser: macros, Markdown, recipients, drafts; nothing typed is lost."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.desk.tests.chatting import macro
from answerable.desk.tests.opening import ask
from answerable.macros.core.staged import Act
from answerable.macros.models import Macro
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets.actions import leave
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.browser

# What one types with AltGr or Option in German, French and Polish, and with no modifier at all.
CHORDS = ["q", "e", "l", "n", "r", "2", "7", "8", "9", "0", "s", "o", "m", "c", "z", "x", "a"]
KIM = "kim@nordwind.example"
PRINTABLE = "".join(map(chr, range(33, 127))) + "äöüßéèçàąćęłńóśźż€@{[]}\\|~"
PASTE = """([selector, html, text]) => {
  const data = new DataTransfer()
  if (html) data.setData("text/html", html)
  data.setData("text/plain", text)
  const about = { clipboardData: data, bubbles: true, cancelable: true }
  const event = new ClipboardEvent("paste", about)
  document.querySelector(selector).dispatchEvent(event)
  return event.defaultPrevented
}"""


@pytest.fixture
def ticket(cast_now: Cast) -> Ticket:
    return ask(cast_now.dana)


def opened(open_window: OpenWindow, cast: Cast, ticket: Ticket, key: str = "r") -> Page:
    page = open_window(cast.ana, f"/desk/q/all/{ticket.pk}/")
    expect(page.locator("composer-box[data-mode=reply]")).to_be_visible()
    page.keyboard.press(key)
    expect(page.locator("#note-text" if key == "n" else "#reply-text")).to_be_focused()
    return page


def pasted(page: Page, selector: str, html: str, text: str = "plain") -> bool:
    return bool(page.evaluate(PASTE, [selector, html, text]))


@pytest.mark.parametrize("box", ["reply", "note"])
def test_d_08_no_key_makes_a_box_another(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket, box: str
) -> None:
    page = opened(open_window, cast_now, ticket, box[0])
    page.keyboard.insert_text("Hello ")
    for character in PRINTABLE:
        page.keyboard.press(character) if ord(character) < 127 else page.keyboard.insert_text(
            character
        )
    for modifiers in ("Alt", "Control+Alt", "Alt+Shift"):
        for letter in CHORDS:
            page.keyboard.press(f"{modifiers}+{letter}")
    expect(page.locator(f"#{box}-text")).to_be_focused()
    other = "note" if box == "reply" else "reply"
    expect(page.locator(f"#{other}-text")).to_be_hidden()
    assert page.locator(f"#{box}-text").input_value().startswith("Hello !\"#$%&'()*+,-./0123")
    assert ticket.messages.count() == 1


def test_d_16_a_macro_comes_in_at_the_cursor_and_acts_when_it_is_sent(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    acts = [Act("add_tag", "Certificate"), Act("resolve")]
    made = macro(cast_now.lena, "Cert expired", "renew it by {ticket.eta}", "en", *acts)
    page = opened(open_window, cast_now, ticket)
    page.keyboard.type("Before  after")
    page.evaluate("document.querySelector('#reply-text').setSelectionRange(7, 7)")
    page.keyboard.type("/cert")
    option = page.get_by_role("option")
    expect(option).to_contain_text("Label Certificate")
    page.keyboard.press("Enter")
    box = page.locator("#reply-text")
    expect(box).to_have_value("Before renew it by {ticket.eta} after")
    hint = page.get_by_role("button", name="Fill in: {ticket.eta}")
    expect(hint).to_be_visible()
    chips = page.locator("composer-box[data-mode=reply] staged-acts .act-chip")
    expect(chips).to_have_count(2)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.tags.count()) == ("open", 0)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#reply-problem")).to_contain_text("Fill in {ticket.eta} or remove it")
    Macro.objects.filter(pk=made.pk).delete()  # A colleague removes it meanwhile.
    hint.click()
    page.keyboard.type("noon")
    expect(box).to_have_value("Before renew it by noon after")
    page.get_by_role("button", name="Leave out: Resolve").click()
    sent_with_what_is_left(page, ticket)


def sent_with_what_is_left(page: Page, ticket: Ticket) -> None:
    """Its draft has the chips after a reload; they act once the reply has left."""
    expect(page.locator(".box--reply .composer-saved")).to_contain_text("saved")
    page.reload()
    chips = page.locator("composer-box[data-mode=reply] staged-acts .act-chip")
    expect(chips).to_have_text(["Label Certificate"])
    page.locator("#reply-text").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".sending")).to_contain_text("Sending in")
    sent = ticket.messages.get(kind="reply")
    assert (sent.body, ticket.tags.count()) == ("Before renew it by noon after", 0)
    leave(sent, at=timezone.now())
    assert [tag.name for tag in ticket.tags.all()] == ["Certificate"]


def test_m_opens_the_reply_with_the_list_and_escape_keeps_the_slash(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    macro(cast_now.lena, "Hello", "Hello {person}")
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    page.keyboard.press("m")
    expect(page.get_by_role("option")).to_have_text(["HelloHello Dana"])
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#reply-text")).to_have_value("/")


def test_rich_text_becomes_markdown_and_a_whole_sheet_does_not_freeze(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = opened(open_window, cast_now, ticket)
    box = page.locator("#reply-text")
    html = (
        "<p>Do <b>this</b> and <span style='font-style:italic'>that</span>, "
        "<a href='https://a.example/x'>here</a>"
        "<img src=x onerror='window.ran = true'><script>window.ran = true</script></p>"
        "<ul><li>one<li>two</ul><table><tr><th>a</th><th>b|c</th></tr><tr><td>1<td>2</tr></table>"
    )
    assert pasted(page, "#reply-text", html)
    expect(box).to_have_value(
        "Do **this** and *that*, [here](https://a.example/x)\n\n- one\n- two\n\n"
        "| a | b\\|c |\n| --- | --- |\n| 1 | 2 |"
    )
    assert page.evaluate("window.ran") is None
    assert not pasted(page, "#reply-text", "<span>plain</span>")
    box.fill("")
    # As much as a mail takes is not pasted in a test: it takes less here.
    page.locator("#reply .recipients").evaluate("(element) => (element.dataset.mailMost = 9)")
    rows = "<tr>" + "<td>cell</td>" * 20 + "</tr>"
    assert pasted(page, "#reply-text", f"<table>{rows * 20_000}</table>")
    assert "more rows are in the attached file" in box.input_value()
    expect(page.locator("#reply attach-files .file-name")).to_have_text("table.csv")
    expect(page.locator("#reply .file-large")).to_have_text(
        "Too large for email. Dana gets a link that ends in 30 days."
    )
    box.fill("some words")
    box.select_text()
    page.keyboard.press("Control+b")
    expect(box).to_have_value("**some words**")
    page.keyboard.press("Control+b")
    expect(box).to_have_value("some words")
    page.keyboard.press("Control+i")
    expect(box).to_have_value("*some words*")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".composer-preview em")).to_have_text("some words")


def test_d_10_recipients_are_edited_and_one_outside_is_asked_about(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = opened(open_window, cast_now, ticket)
    page.keyboard.type("It works.")
    page.locator(".recipients-edit > summary").click()
    add = page.get_by_label("Add to Cc")
    add.fill(KIM)
    add.press("Enter")
    expect(page.get_by_role("button", name="Send to 2 people")).to_be_visible()
    expect(page.get_by_label("Add to Cc")).to_be_focused()
    page.keyboard.type("pat@rival.example")
    page.keyboard.press("Enter")
    ask_line = page.locator(".recipients-ask")
    expect(ask_line).to_contain_text("pat@rival.example is not at Nordwind GmbH.")
    ask_line.get_by_role("button", name="Remove").click()
    expect(ask_line).to_have_count(0)
    page.locator("#reply-text").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".sending")).to_contain_text("Sending in")
    event = ticket.events.get(verb="answered")
    assert event.data["to"] == ["dana@nordwind.example"]
    assert event.data["cc"] == [KIM]


def test_d_09_a_mention_is_offered_in_notes_alone(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = opened(open_window, cast_now, ticket, "n")
    page.keyboard.type("@chi")
    expect(page.get_by_role("option")).to_have_text(["Chidi Okafor@chidi"])
    page.keyboard.press("Enter")
    page.keyboard.type("look")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator("#status")).to_contain_text("assigned to Chidi Okafor")
    assert ticket.messages.get(kind="note").body == "@chidi look"
    page.keyboard.press("r")
    page.keyboard.type("@chi")
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_five_seconds_of_typing_take_a_ticket_that_is_nobodys(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = open_window(cast_now.ana, "/desk/")
    page.clock.install()
    page.goto(f"/desk/q/all/{ticket.pk}/")
    expect(page.locator("composer-box[data-mode=reply]")).to_be_visible()
    page.keyboard.press("r")
    expect(page.locator("#reply-text")).to_be_focused()
    for letter in "Hel":
        page.keyboard.type(letter)
        page.clock.run_for(2600)
    expect(page.locator("#status")).to_contain_text("Assigned to you.")
    expect(page.locator("#status").get_by_role("button", name="Undo")).to_be_visible()
    ticket.refresh_from_db()
    assert ticket.assignee == cast_now.ana


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_what_helps_while_one_writes_keeps_the_rules(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket, theme: str, width: int
) -> None:
    acts = [Act("add_tag", "Certificate"), Act("resolve")]
    made = macro(cast_now.lena, "Cert expired", "Hello {person}, {ticket.eta}", "en", *acts)
    size = {"width": width, "height": 800}
    page = open_window(cast_now.lena, "/desk/", color_scheme=theme, viewport=size)
    found: dict[str, list[str]] = {}
    for path in ("macros/", "macros/new/", f"macros/{made.pk}/", "drafts/"):
        page.goto(f"/desk/{path}")
        expect(page.locator("h1")).to_be_visible()
        found[path] = problems(page)
    page.goto(f"/desk/q/all/{ticket.pk}/")
    expect(page.locator("composer-box[data-mode=reply]")).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.type("/cert")
    expect(page.get_by_role("option")).to_be_visible()
    found["list"] = problems(page)
    page.keyboard.press("Enter")
    page.evaluate("document.querySelector('.recipients-edit').open = true")
    page.get_by_label("Add to Cc").fill("pat@rival.example")
    page.keyboard.press("Tab")
    expect(page.locator(".recipients-ask")).to_be_visible()
    page.locator("#send-later > summary").click()
    found["open"] = problems(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert {name: there for name, there in found.items() if there} == {}
