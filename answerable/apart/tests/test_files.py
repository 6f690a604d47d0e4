"""Files as they are served: by an address alone, to be saved, and unable to do anything."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from answerable.apart.tests.opening import attached, fetch, opened
from answerable.cast import Cast
from answerable.files import capability
from answerable.files.actions.keeping import PIECE
from answerable.files.models import StoredFile
from answerable.files.tests.samples import GIF, JPEG, PDF, PNG, WEBP
from answerable.tests.kept_cast import lately
from answerable.tickets.models import Attachment

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
PAGE = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture
def at() -> datetime:
    return lately()


def test_it_is_saved_under_its_name_and_can_do_nothing(cast: Cast, at: datetime) -> None:
    file = attached(opened(cast.dana, at), PAGE, "Ergebnis ü.html", at=at, declared="text/html")
    answer = Client().get(capability.address("file", file.pk, name=file.name))
    assert fetch(answer) == PAGE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "filename*=utf-8''Ergebnis%20%C3%BC.html" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-site"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (GIF, "image/gif"),
        (WEBP, "image/webp"),
        (PDF, "application/pdf"),
    ],
)
def test_it_shows_pictures_and_pdf_whatever_they_are_called(
    cast: Cast, at: datetime, content: bytes, kind: str
) -> None:
    file = attached(opened(cast.dana, at), content, "x.html", at=at, declared="text/html")
    answer = Client().get(capability.address("view", file.pk))
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("content", [SVG, PAGE, b"plain", b"\xff\xd8\xff broken", b""])
def test_it_shows_nothing_else(cast: Cast, at: datetime, content: bytes) -> None:
    file = attached(opened(cast.dana, at), content, "cat.png", at=at, declared="image/png")
    assert Client().get(capability.address("view", file.pk)).status_code == 404


def test_a_picture_that_would_fill_the_readers_memory_is_not_shown(
    cast: Cast, at: datetime
) -> None:
    bomb = PNG[:16] + b"\0\0\xff\xff\0\0\xff\xff" + PNG[24:]
    file = attached(opened(cast.dana, at), bomb, "cat.png", at=at)
    assert file.file.type == "image/png"
    assert Client().get(capability.address("view", file.pk)).status_code == 404
    assert fetch(Client().get(capability.address("file", file.pk))) == bomb


def test_an_address_ends_and_cannot_be_made_up(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = attached(opened(cast.dana, at), PNG, "cat.png", at=at)
    address = capability.address("file", file.pk)
    token = address.split("/")[2]
    assert Client().get(address).status_code == 200
    forged = f"file-{file.pk + 1}{token[token.index('.') :]}"
    for wrong in (forged, token[:-1], f"file-{file.pk}", "x", f"{token}x"):
        assert Client().get(f"/files/{wrong}/").status_code == 404
    monkeypatch.setattr(capability, "LASTS", timedelta(seconds=-1))
    assert Client().get(address).status_code == 404


def test_an_address_for_one_thing_is_for_nothing_else(cast: Cast, at: datetime) -> None:
    file = attached(opened(cast.dana, at), PNG, "cat.png", at=at)
    for kind in ("upload", "nothing", ""):
        assert Client().get(capability.address(kind, file.pk)).status_code == 404


def test_no_cookie_is_read_and_none_is_set(cast: Cast, at: datetime) -> None:
    file = attached(opened(cast.dana, at), PNG, "cat.png", at=at)
    client = Client()
    client.cookies["sessionid"] = "somebody"
    client.cookies["django_language"] = "de"
    answer = client.get(capability.address("file", file.pk))
    assert answer.status_code == 200
    assert not answer.cookies
    assert not answer.wsgi_request.COOKIES
    assert answer["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("asked", "status", "begin", "end"),
    [
        ("bytes=0-9", 206, 0, 10),
        (f"bytes={PIECE - 2}-{PIECE + 2}", 206, PIECE - 2, PIECE + 3),
        (f"bytes={PIECE}-", 206, PIECE, PIECE + 100),
        ("bytes=-5", 206, PIECE + 95, PIECE + 100),
        ("bytes=0-99999999", 200, 0, PIECE + 100),
        ("bytes=9-3", 200, 0, PIECE + 100),
        ("lines=1-2", 200, 0, PIECE + 100),
        ("bytes=0-1,5-6", 200, 0, PIECE + 100),
    ],
)
def test_a_stretch_of_it_can_be_asked_for(
    cast: Cast, at: datetime, asked: str, status: int, begin: int, end: int
) -> None:
    content = os.urandom(PIECE + 100)
    file = attached(opened(cast.dana, at), content, "log.bin", at=at)
    answer = Client().get(capability.address("file", file.pk), headers={"Range": asked})
    assert answer.status_code == status
    assert fetch(answer) == content[begin:end]
    assert answer["Content-Length"] == str(end - begin)
    if status == 206:
        assert answer["Content-Range"] == f"bytes {begin}-{end - 1}/{PIECE + 100}"


def test_nothing_lies_behind_the_end(cast: Cast, at: datetime) -> None:
    file = attached(opened(cast.dana, at), b"12345", "log.txt", at=at)
    answer = Client().get(capability.address("file", file.pk), headers={"Range": "bytes=5-"})
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */5")


def test_an_empty_file_can_be_saved(cast: Cast, at: datetime) -> None:
    file = attached(opened(cast.dana, at), b"", "empty.txt", at=at)
    answer = Client().get(capability.address("file", file.pk))
    assert (answer.status_code, fetch(answer)) == (200, b"")


def test_an_infected_file_is_kept_and_not_handed_out(cast: Cast, at: datetime) -> None:
    file = attached(opened(cast.dana, at), PNG, "cat.png", at=at)
    StoredFile.objects.filter(pk=file.file_id).update(verdict="infected", found="Eicar")
    for kind in ("file", "view"):
        assert Client().get(capability.address(kind, file.pk)).status_code == 404
    assert Attachment.objects.filter(pk=file.pk).exists()


@pytest.mark.parametrize(("away", "status"), [("wait", 404), ("warn", 200)])
def test_a_file_waits_for_the_scanner_unless_told_otherwise(
    cast: Cast, at: datetime, settings: Settings, away: str, status: int
) -> None:
    settings.ANSWERABLE_CLAMAV = "unix:/nowhere"
    settings.ANSWERABLE_CLAMAV_AWAY = away
    file = attached(opened(cast.dana, at), PNG, "cat.png", at=at)
    assert Client().get(capability.address("file", file.pk)).status_code == status


def test_a_host_of_their_own_serves_files_and_nothing_else(
    cast: Cast, at: datetime, settings: Settings
) -> None:
    settings.ANSWERABLE_FILES_URL = "https://files.example.net"
    settings.ALLOWED_HOSTS = ["testserver", "files.example.net"]
    file = attached(opened(cast.dana, at), PNG, "cat.png", at=at)
    address = capability.address("file", file.pk)
    assert address.startswith("https://files.example.net/files/")
    path = address.removeprefix("https://files.example.net")
    there = Client(headers={"Host": "files.example.net"})
    assert there.get(path).status_code == 200
    assert Client().get(path).status_code == 404
    assert there.get("/contact/").status_code == 404
    assert Client().get("/contact/").status_code == 200
