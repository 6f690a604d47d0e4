"""The table of keys: each is bound once, none needs Alt; help, palette and pages show it."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest
from django.test import Client

from answerable.cast import Cast
from answerable.desk.keymap import clashes
from answerable.desk.keys import KEYS, SCOPES
from answerable.desk.tests.opening import ask

TEMPLATES = Path(__file__).parent.parent / "templates"
# Scripts listen for these themselves: they act on rows, entries and boxes, not on one button.
BY_SCRIPT = {
    *(
        "palette",
        "pane",
        "pane_back",
        "undo",
        "claim",
        "not_now",
        "down",
        "up",
        "ends",
        "screens",
    ),
    *("open", "peek", "pick", "extend_down", "extend_up", "pick_all", "unpick"),
    *("entries", "entry_ends", "leave", "send_chat", "line", "edit_line"),
    *("macros", "mention", "bold", "italic", "close", "choices", "run", "level", "shut"),
    *("tiles", "open_tile", "assign_first", "freeze"),  # On the wallboard's own page.
    "mute",  # The bar of a call has its key from the view that shows it.
}


def test_no_key_has_two_meanings_where_both_act() -> None:
    assert clashes({}) == []


def test_no_key_needs_alt() -> None:
    assert not any("Alt" in typed for key in KEYS.values() for typed in key.typed)


def test_a_name_stands_for_one_command() -> None:
    assert len(KEYS) == len(list(chain.from_iterable(scope.keys for scope in SCOPES)))


def test_every_key_of_the_table_is_bound() -> None:
    pages = "".join(file.read_text() for file in TEMPLATES.rglob("*.html"))
    bound = set(re.findall(r'{% key "(\w+)" %}', pages))
    assert bound | BY_SCRIPT == set(KEYS)


def test_the_help_shows_every_key(here: Cast, ana: Client) -> None:
    page = ana.get(f"/desk/tickets/{ask(here.dana).pk}/").content.decode()
    shown = page.split('id="help"')[1].split("</dialog>")[0]
    assert all(str(key.does) in shown for key in KEYS.values() if key.typed)


def test_d_26_every_command_is_in_the_palette_with_the_key_of_the_map(
    here: Cast, ana: Client
) -> None:
    here.ana.keys = {"reply": "b", "note": ""}
    here.ana.save()
    offered = {one["command"]: one for one in ana.get("/desk/palette/").json()["commands"]}
    assert set(offered) == {key.name for key in KEYS.values() if key.acts}
    assert offered["reply"]["caps"] == ["B"]
    assert offered["note"]["caps"] == []
    assert offered["assign"]["caps"] == ["A"]
    assert offered["reply_only"]["caps"] == ["⇧", "R"]
    assert offered["go_queue"]["caps"] == ["G", "Q"]
    page = ana.get(f"/desk/tickets/{ask(here.dana).pk}/").content.decode()
    for name, one in offered.items():
        for bound in re.findall(rf'data-key="([^"]*)" data-command="{name}"', page):
            assert bound == KEYS[name].bound_by(here.ana.keys), one["words"]


def test_single_keys_are_off_for_whoever_wants_so(here: Cast, ana: Client) -> None:
    assert 'data-single-keys="on"' in ana.get("/desk/").content.decode()
    here.ana.single_keys = False
    here.ana.save()
    assert 'data-single-keys="off"' in ana.get("/desk/").content.decode()


@pytest.mark.parametrize("is_mac", [True, False])
def test_a_mac_has_its_own_names_of_keys(here: Cast, ana: Client, is_mac: bool) -> None:
    agent = {"User-Agent": "Macintosh" if is_mac else "X11"}
    offered = ana.get("/desk/palette/", headers=agent).json()["commands"]
    [undo] = [one for one in offered if one["command"] == "undo"]
    assert undo["caps"] == ["⌘" if is_mac else "Ctrl", "Z"]
    ticket = ana.get(f"/desk/tickets/{ask(here.dana).pk}/", headers=agent).content.decode()
    caps = ["⌘" if is_mac else "Ctrl", "⇧", "↵"]
    assert " ".join(f'<kbd aria-hidden="true">{cap}</kbd>' for cap in caps) in ticket
