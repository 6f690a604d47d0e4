"""The pattern page is there for builders and judges, and error pages say what to do."""

from __future__ import annotations

import json
import re

import pytest
from django.conf import LazySettings
from django.template.loader import render_to_string
from django.test import Client

from answerable.design.states import SHAPES

BANNED = "please|sorry|oops|valid|invalid|forbidden|illegal|unfortunately|breach"
ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "413.html", "500.html"]


@pytest.mark.django_db
def test_it_is_not_there_in_a_desk_that_works(client: Client) -> None:
    assert client.get("/patterns/").status_code == 404


@pytest.mark.django_db
def test_it_shows_every_clock_state_in_both_themes(
    client: Client, settings: LazySettings
) -> None:
    settings.DEBUG = True
    page = client.get("/patterns/").content.decode()
    for state in SHAPES:
        assert page.count(f"chip--{state}") >= 2
    assert 'data-theme="light"' in page
    assert 'data-theme="dark"' in page


@pytest.mark.django_db
def test_it_runs_nothing_inline(client: Client, settings: LazySettings) -> None:
    settings.DEBUG = True
    page = client.get("/patterns/").content.decode()
    assert not re.search(r"\sstyle=|\son\w+=|<style", page)
    scripts = re.findall(r"<script([^>]*)>", page)
    assert all("src=" in script or "application/json" in script for script in scripts)


@pytest.mark.django_db
def test_it_has_one_place_to_speak_and_one_to_interrupt(
    client: Client, settings: LazySettings
) -> None:
    settings.DEBUG = True
    page = client.get("/patterns/").content.decode()
    assert page.count('role="status"') == 1
    assert page.count('role="alert"') == 1
    assert page.count("<main") == 1


@pytest.mark.django_db
def test_it_hands_words_to_scripts_as_data(client: Client, settings: LazySettings) -> None:
    settings.DEBUG = True
    page = client.get("/patterns/").content.decode()
    found = re.search(r'<script id="words" type="application/json">(.*?)</script>', page)
    assert found
    assert json.loads(found[1])["times"]["minutes"] == "{minutes} min"


@pytest.mark.parametrize("name", ERRORS)
def test_it_says_what_happened_and_what_to_do(name: str) -> None:
    page = render_to_string(name)
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", page, flags=re.S)
    assert page.count("<h1>") == 1
    assert not re.search(rf"\b({BANNED})\b", text, flags=re.I)


def test_it_names_who_can_give_access() -> None:
    page = render_to_string("403.html", {"role": "lead", "names": "Lena"})
    assert "You need lead access to open this" in page
    assert "Ask Lena to give you access." in page
