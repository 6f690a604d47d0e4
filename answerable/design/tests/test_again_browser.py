"""A window keeps what it sent when the database cuts that off, and tries again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, transaction
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.lib.wire import params
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets.models import Message, Ticket

pytestmark = pytest.mark.browser

END_WHO_WAITS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
# The page tries again after five seconds.
PATIENCE = 20_000


@contextmanager
def cut_off(page: Page, table: str) -> Iterator[None]:
    """Have what is written to a table meanwhile wait, and end its connection while it does."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        yield
        with psycopg.connect(**params(), autocommit=True) as wire:
            while not wire.execute(END_WHO_WAITS).fetchall():
                page.wait_for_timeout(20)
        expect(page.get_by_role("status")).to_contain_text("Not saved yet.")


def test_a_reply_is_sent_once_the_database_is_back(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = ask(cast_now.dana)
    page = open_window(cast_now.ana, f"/desk/tickets/{ticket.pk}/")
    page.keyboard.press("r")
    box = page.get_by_label("Reply", exact=True).locator("visible=true")
    box.fill("We found the cause.")
    with cut_off(page, "tickets_message"):
        page.get_by_role("button", name="Send to Dana Wolf").click()
    expect(box).to_have_value("We found the cause.")
    page.get_by_role("button", name="Try now").click()
    expect(page.locator("#feed")).to_contain_text("We found the cause.")
    assert Message.objects.filter(kind="reply").count() == 1
    expect(page.get_by_role("button", name="Try now")).to_be_hidden()


def test_a_request_is_sent_by_itself(cast_now: Cast, open_window: OpenWindow) -> None:
    page = open_window(cast_now.dana, "/contact/")
    page.get_by_label("What happened?").fill("Exports fail")
    with cut_off(page, "tickets_ticket"):
        page.get_by_role("button", name="Send message").click()
    expect(page.get_by_label("What happened?")).to_have_value("Exports fail")
    heading = page.get_by_role("heading", name="We have your message")
    expect(heading).to_be_visible(timeout=PATIENCE)
    assert Ticket.objects.count() == 1


def test_without_script_one_press_sends_the_same_again(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.dana, "/contact/", java_script_enabled=False)
    page.get_by_label("What happened?").fill("Exports fail.\n\nSince noon.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE tickets_ticket IN EXCLUSIVE MODE")
        page.get_by_role("button", name="Send message").click(no_wait_after=True)
        with psycopg.connect(**params(), autocommit=True) as wire:
            while not wire.execute(END_WHO_WAITS).fetchall():
                page.wait_for_timeout(20)
        expect(page.get_by_role("heading")).to_have_text("There is a problem with the service")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="We have your message")).to_be_visible()
    assert Message.objects.get().body == "Exports fail.\n\nSince noon."


def test_a_desk_stays_as_it_is_when_a_ticket_cannot_be_opened(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket, other = ask(cast_now.dana, "First"), ask(cast_now.sam, "Second")
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    box = page.get_by_label("Reply", exact=True).locator("visible=true")
    page.keyboard.press("r")
    box.fill("Half a sentence")
    page.route(
        "**/pane/**",
        lambda route: route.fulfill(
            status=503,
            content_type="text/plain; charset=utf-8",
            body="There is a problem with the service",
        ),
    )
    page.locator(f"#row-{other.pk} a").first.click()
    expect(page.get_by_role("status")).to_have_text("There is a problem with the service")
    expect(box).to_have_value("Half a sentence")
