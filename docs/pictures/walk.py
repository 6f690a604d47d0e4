"""Walks the README's path in a browser, as a new user does, and keeps a picture of each step.

Start a fresh demonstration with `bin/up`, then run this with the same Python:

    .venv/bin/python docs/pictures/walk.py --url http://127.0.0.1:8000 --mail-port 2525
"""

from __future__ import annotations

import argparse
import re
import smtplib
from email.message import EmailMessage
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-background-networking"]
PROBLEM = """Nobody can print shipping labels

Since 13:40 the label service answers with error 502 for every parcel.
All four warehouses are affected, and there is no workaround."""
ANSWER = """Hello Dana,

the label service lost its connection to the carrier. We have switched to the second line,
and labels print again since a minute ago.

Next step: tell us whether all four warehouses print. We write again within half an hour.

Kind regards
Ana"""
THANKS = """All four warehouses print again. Thank you, that was quick!

On Monday, Ana Silva wrote:
> the label service lost its connection to the carrier
"""


class Walk:
    """One visit: a customer's window, an agent's window, and a mail program."""

    def __init__(self, browser: Browser, url: str, mail_port: int) -> None:
        self.browser, self.url, self.mail_port = browser, url, mail_port

    def page(self, width: int = 1280, height: int = 860, scheme: str = "light") -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            device_scale_factor=1 if width > 400 else 2,
        )
        return context.new_page()

    def be(self, page: Page, name: str) -> None:
        page.goto(f"{self.url}/")
        page.locator("button.way", has_text=name).first.click()
        page.wait_for_load_state()

    def keep(self, page: Page, name: str, *, whole: bool = False) -> None:
        page.wait_for_timeout(400)
        page.screenshot(path=HERE / f"{name}.jpg", full_page=whole, type="jpeg", quality=62)

    def send_mail(self, to: str, subject: str, answers: str) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = (
            "Dana Wolf <dana@nordwind.example>",
            to,
            subject,
        )
        mail["In-Reply-To"] = mail["References"] = answers
        mail.set_content(THANKS)
        with smtplib.SMTP("127.0.0.1", self.mail_port) as post:
            post.send_message(mail)


def main() -> None:
    """Walk once, and say what was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--mail-port", type=int, default=2525)
    asked = parser.parse_args()
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        walk_once(Walk(browser, asked.url, asked.mail_port))


def walk_once(walk: Walk) -> None:
    """A customer asks, a specialist answers, the customer writes back."""
    agent, customer = walk.page(1440, 900), walk.page()
    customer.goto(f"{walk.url}/")
    walk.keep(customer, "01-first-page", whole=True)
    walk.be(agent, "Ana Silva")
    agent.goto(f"{walk.url}/desk/")
    number = ask(walk, customer)
    decide_and_answer(walk, agent, number)
    write_back(walk, agent, customer, number)
    show_other_sizes(walk, number)
    show_plans_and_reports(walk)


def ask(walk: Walk, page: Page) -> str:
    """Dana sends a business-critical request, and reads what is guaranteed."""
    walk.be(page, "Dana Wolf")
    page.goto(f"{walk.url}/contact/")
    page.get_by_label("What happened?").fill(PROBLEM)
    page.get_by_label("This is business-critical").check()
    page.get_by_label("An outage stops core work").check()
    walk.keep(page, "02-before-sending", whole=True)
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_text("We have your message")).to_be_visible()
    walk.keep(page, "03-sent", whole=True)
    found = re.search(r"/requests/(\d+)/", page.url)
    assert found, page.url
    return found[1]


def decide_and_answer(walk: Walk, page: Page, number: str) -> None:
    """Ana finds it at the top, takes it, decides on the claim, and answers."""
    expect(page.get_by_text("Nobody can print shipping labels").first).to_be_visible()
    walk.keep(page, "04-it-appears")
    page.goto(f"{walk.url}/desk/tickets/{number}/")
    expect(page.get_by_text("sign-in errors for this tenant")).to_be_visible()
    walk.keep(page, "desk")
    page.keyboard.press("t")
    expect(page.get_by_text("Taken by Ana Silva").first).to_be_visible()
    page.get_by_label("Confirm business-critical").check()
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_text("Confirmed business-critical").first).to_be_visible()
    page.keyboard.press("r")
    page.locator("#reply-text").fill(ANSWER)
    walk.keep(page, "05-answering")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(re.compile("promise kept", re.IGNORECASE)).first).to_be_visible(
        timeout=20_000
    )
    walk.keep(page, "06-promise-kept")
    page.goto(f"{walk.url}/desk/tickets/{number}/why/")
    walk.keep(page, "07-why")


def write_back(walk: Walk, agent: Page, customer: Page, number: str) -> None:
    """The answer lies in the outbox; Dana answers it with a mail program."""
    agent.goto(f"{walk.url}/desk/tickets/{number}/")
    customer.goto(f"{walk.url}/outbox/")
    customer.get_by_role("link", name=re.compile(rf"\[#{number}\] Re")).first.click()
    walk.keep(customer, "08-outbox", whole=True)
    page = customer.content()
    reply_to = re.search(r"support\+[a-z0-9.-]+@[a-z.]+", page)
    message_id = re.search(r"Message-ID.{0,200}?&lt;([^&]+)&gt;", page, re.DOTALL)
    assert reply_to
    answers = f"<{message_id[1]}>" if message_id else ""
    walk.send_mail(reply_to[0], f"Re: [#{number}] Nobody can print shipping labels", answers)
    expect(agent.get_by_text("All four warehouses print again").first).to_be_visible(
        timeout=20_000
    )
    walk.keep(agent, "09-mail-threads-back")
    customer.goto(f"{walk.url}/requests/{number}/")
    walk.keep(customer, "10-request", whole=True)


def show_other_sizes(walk: Walk, number: str) -> None:
    """The same in the dark, and on a phone."""
    dark = walk.page(1440, 900, "dark")
    walk.be(dark, "Ana Silva")
    dark.goto(f"{walk.url}/desk/tickets/{number}/")
    walk.keep(dark, "11-desk-dark")
    phone = walk.page(320, 640)
    walk.be(phone, "Dana Wolf")
    phone.goto(f"{walk.url}/requests/{number}/")
    walk.keep(phone, "12-phone")


def show_plans_and_reports(walk: Walk) -> None:
    """The plan as the administrator reads and changes it, and what was kept of it."""
    office = walk.page(1440, 900)
    walk.be(office, "Ida Holm")
    office.goto(f"{walk.url}/office/plans/premium/")
    walk.keep(office, "13-plan")
    office.goto(f"{walk.url}/office/plans/premium/edit/")
    office.locator("#cell-standard").fill("45m")
    expect(office.get_by_text("Draft: due").first).to_be_visible()
    office.wait_for_timeout(1500)
    walk.keep(office, "14-preview")
    office.goto(f"{walk.url}/desk/reports/promises/")
    walk.keep(office, "15-report")


if __name__ == "__main__":
    main()
