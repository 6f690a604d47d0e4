"""Scripts and styles are asked for once, until they change."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.templatetags.static import static
from django.test import Client
from pytest_django import Settings

import answerable
from answerable.lib.statics import version
from answerable.lib.stylesheets import IMPORT, joined

HOUSE = Path(answerable.__file__).parent
SHEETS = list(HOUSE.glob("**/static/**/*.css"))
MODULE = re.compile(rb"^import ", re.MULTILINE)
BESIDES = re.compile(rb"@import|@charset|\burl\(")


def asked(client: Client, address: str) -> HttpResponse:
    return client.get(address, headers={"Accept-Encoding": "gzip"})  # type: ignore[return-value]


@pytest.mark.django_db
def test_a_page_names_files_that_stay_fresh_for_good(client: Client) -> None:
    page = client.get("/sign-in/").content.decode()
    names = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert names
    for name in names:
        answer = asked(client, name)
        assert answer.status_code == 200, name
        assert "immutable" in answer.headers["Cache-Control"], name


@pytest.mark.django_db
@pytest.mark.parametrize("of", ["", "v0123456789abcdef/"])
def test_without_its_version_or_by_another_a_file_is_asked_for_again(
    client: Client, of: str
) -> None:
    answer = asked(client, f"/static/{of}design/design.js")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "max-age=60, public"


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_not_found(client: Client) -> None:
    for address in (
        static("desk/none.js"),
        "/static/v0123456789abcdef/none.js",
        "/static/none",
    ):
        assert asked(client, address).status_code == 404


def test_while_somebody_develops_files_have_no_version(settings: Settings) -> None:
    assert version() in static("desk/desk.js")
    settings.DEBUG = True
    assert static("desk/desk.js") == "/static/desk/desk.js"


@pytest.mark.django_db
def test_a_style_sheet_comes_with_all_that_it_imports(client: Client) -> None:
    whole = gzip.decompress(asked(client, static("desk/desk.css")).content)
    assert b"@import" not in whole
    assert b"@layer modules {" in whole
    panes = finders.find("desk/css/frame.css")
    assert isinstance(panes, str)
    assert Path(panes).read_bytes() in whole
    plain = gzip.decompress(asked(client, "/static/desk/desk.css").content)
    assert b"@import" in plain


@pytest.mark.django_db
def test_a_script_comes_with_all_that_it_imports(client: Client) -> None:
    whole = gzip.decompress(asked(client, static("desk/desk.js")).content)
    assert not MODULE.search(whole)
    assert b'customElements.define("composer-box"' in whole
    plain = gzip.decompress(asked(client, "/static/desk/desk.js").content)
    assert MODULE.search(plain)


def test_what_is_imported_can_stand_in_the_place_of_its_import() -> None:
    texts = {sheet.relative_to(HOUSE): sheet.read_bytes() for sheet in SHEETS}
    whole = {sheet for sheet, text in texts.items() if IMPORT.search(text)}
    assert whole
    for sheet, text in texts.items():
        assert text.count(b"{") == text.count(b"}"), sheet
        left = BESIDES.findall(IMPORT.sub(b"", text))
        assert not left or sheet not in whole, f"{sheet} imports in a way that is not joined."
    for sheet in whole:
        name = str(sheet).partition("static/")[2]
        assert not BESIDES.search(joined(name)), name
