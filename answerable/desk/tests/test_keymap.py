"""Keys of one's own: what is kept, what stands in the way, and the page of them."""

from __future__ import annotations

import string

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from answerable.cast import Cast
from answerable.desk.keymap import CHANGEABLE, START, clashes, is_one_key, kept, typed_for
from answerable.desk.keys import KEYS
from answerable.desk.tests.opening import ask

CHARACTERS = st.sampled_from(string.ascii_letters + string.digits + "?!/.,ßéł")
CHOICES = st.dictionaries(st.sampled_from(sorted(CHANGEABLE)), CHARACTERS | st.just(""))


def chosen(choice: dict[str, str]) -> dict[str, str]:
    return kept({name: typed_for(KEYS[name], text) for name, text in choice.items()})


@given(CHOICES)
def test_what_is_kept_differs_from_the_table_and_says_the_same(choice: dict[str, str]) -> None:
    own = chosen(choice)
    assert all(own[name] != KEYS[name].free for name in own)
    for name, text in choice.items():
        assert own.get(name, KEYS[name].free) == typed_for(KEYS[name], text)
    assert kept(own) == own


@given(CHOICES)
def test_two_commands_clash_exactly_when_they_are_typed_alike(choice: dict[str, str]) -> None:
    own = chosen(choice)
    found = {frozenset((clash.one.name, clash.other.name)) for clash in clashes(own)}
    for name, other in (("reply", "note"), ("down", "take"), ("help", "order")):
        alike = set(KEYS[name].typed_by(own)) & set(KEYS[other].typed_by(own))
        assert bool(alike) == (frozenset((name, other)) in found)


@given(CHOICES)
def test_a_switched_off_key_leaves_what_nobody_can_change(choice: dict[str, str]) -> None:
    off = dict.fromkeys(choice, "")
    for name in choice:
        assert set(KEYS[name].typed_by(off)) == set(KEYS[name].typed) - {KEYS[name].free}


@given(st.sampled_from(sorted(CHANGEABLE)), CHARACTERS)
def test_one_character_is_one_key_but_for_the_one_that_leads_to_others(
    name: str, character: str
) -> None:
    key = KEYS[name]
    leads = character == START and not key.free.startswith("g ")
    assert is_one_key(key, typed_for(key, character)) == (not leads)
    assert not is_one_key(key, typed_for(key, character * 2))


def all_as_they_are(**changed: str) -> dict[str, str]:
    shown = {name: KEYS[name].free.removeprefix("g ") for name in CHANGEABLE}
    return shown | {"single_keys": "on"} | changed


def test_a_key_that_was_changed_is_bound_shown_and_helped_with(here: Cast, ana: Client) -> None:
    answer = ana.post("/desk/keys/", all_as_they_are(reply="b", why="", go_mine="x"))
    assert answer.status_code == 302
    here.ana.refresh_from_db()
    assert here.ana.keys == {"reply": "b", "why": "", "go_mine": "g x"}
    page = ana.get(f"/desk/tickets/{ask(here.dana).pk}/").content.decode()
    assert 'data-key="b" data-command="reply"' in page
    assert 'data-key="" data-command="why"' in page
    assert 'data-key="g x" data-command="go_mine"' in page
    assert 'Reply <kbd aria-hidden="true">B</kbd>' in page
    parts = ana.get(f"/desk/tickets/{ask(here.dana).pk}/parts/").content.decode()
    assert 'data-key="" data-command="why"' in parts


def test_two_commands_with_one_key_are_told_in_plain_words(here: Cast, ana: Client) -> None:
    answer = ana.post("/desk/keys/", all_as_they_are(reply="n"))
    assert answer.status_code == 422
    words = "“n” is the key of “Reply” and of “Internal note”. Choose another for one of them."
    assert words in answer.content.decode()
    here.ana.refresh_from_db()
    assert here.ana.keys == {}


def test_what_is_no_key_is_told_and_so_is_the_key_that_leads_to_others(
    here: Cast, ana: Client
) -> None:
    text = ana.post("/desk/keys/", all_as_they_are(reply="g", note="xy")).content.decode()
    assert "“g” leads to the keys for going somewhere." in text
    assert "Enter one character for “Internal note”, or nothing to switch it off." in text


def test_one_goes_back_to_the_standard_keys_and_switches_single_ones_off(
    here: Cast, ana: Client
) -> None:
    off = all_as_they_are(reply="b")
    del off["single_keys"]
    ana.post("/desk/keys/", off)
    here.ana.refresh_from_db()
    assert (here.ana.keys, here.ana.single_keys) == ({"reply": "b"}, False)
    ana.post("/desk/keys/", {"standard": "1"})
    here.ana.refresh_from_db()
    assert (here.ana.keys, here.ana.single_keys) == ({}, False)


def test_a_key_is_its_persons_own(here: Cast, ana: Client) -> None:
    ana.post("/desk/keys/", all_as_they_are(reply="b"))
    here.ben.refresh_from_db()
    assert here.ben.keys == {}
