"""The table of keys: each is bound once, none needs Alt, and the help shows them all."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

from django.test import Client

from answerable.cast import Cast
from answerable.desk.keys import KEYS, SCOPES, Scope
from answerable.desk.tests.opening import ask

TEMPLATES = Path(__file__).parent.parent / "templates"
# Scripts listen for these themselves: they act on rows, entries and boxes, not on one button.
BY_SCRIPT = {
    "undo",
    "claim",
    "not_now",
    "down",
    "up",
    "ends",
    "open",
    "pick",
    "extend",
    "pick_all",
    "entries",
    "entry_ends",
    "leave",
    "close",
}
BY_SCRIPT |= {"send_chat", "line", "edit_line", "macros", "mention", "bold", "italic"}
# The bar of a call has its key from the view that shows it.
BY_SCRIPT |= {"mute"}
# Those of the wallboard act on its own page.
BY_SCRIPT |= {"tiles", "open_tile", "assign_first", "freeze"}


def test_no_key_has_two_meanings_where_both_act() -> None:
    desk, queue, ticket, chat = (_typed(scope) for scope in SCOPES[:4])
    for one, other in [*combinations((desk, queue, ticket), 2), (desk, chat)]:
        assert one & other == set()


def _typed(scope: Scope) -> set[str]:
    return {typed for key in scope.keys for typed in key.typed}


def test_no_key_needs_alt() -> None:
    assert not any("Alt" in typed for key in KEYS.values() for typed in key.typed)


def test_every_key_of_the_table_is_bound() -> None:
    pages = "".join(file.read_text() for file in TEMPLATES.rglob("*.html"))
    bound = set(re.findall(r'{% key "(\w+)" %}', pages))
    assert bound | BY_SCRIPT == set(KEYS)


def test_the_help_shows_every_key(here: Cast, ana: Client) -> None:
    page = ana.get(f"/desk/tickets/{ask(here.dana).pk}/").content.decode()
    shown = page.split('id="help"')[1]
    assert all(str(key.does) in shown for key in KEYS.values())


def test_single_keys_are_off_for_whoever_wants_so(here: Cast, ana: Client) -> None:
    assert 'data-single-keys="on"' in ana.get("/desk/").content.decode()
    here.ana.single_keys = False
    here.ana.save()
    assert 'data-single-keys="off"' in ana.get("/desk/").content.decode()
