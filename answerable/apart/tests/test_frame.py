"""A mail as it was written: a document without an origin, with pictures that it may have."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django import Settings

from answerable.apart.tests.opening import attached, fetch, opened
from answerable.cast import Cast
from answerable.files import capability
from answerable.files.actions import fetching, picture_at
from answerable.files.models import RemotePicture
from answerable.files.tests.samples import GIF, PNG
from answerable.lib.outbound.client import Client as Web
from answerable.lib.outbound.deciding import allowed_by
from answerable.lib.tests.web import Web as Site
from answerable.lib.tests.web import serving
from answerable.tests.kept_cast import lately
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Came
from answerable.tickets.models import Message

REMOTE = "https://pictures.example/a.png"
HTML = (
    '<p>Hello</p><img src="cid:Shot" alt="A shot"><img src="cid:gone" alt="Gone">'
    f'<img data-remote="{REMOTE}?a=1&amp;b=2" alt="Logo">'
    f'<img data-remote="{REMOTE}?pixel" width="1" height="1">'
)


@pytest.fixture
def at() -> datetime:
    return lately()


@pytest.fixture
def message(cast: Cast, at: datetime) -> Message:
    """A mail with a picture of its own, and two of the web."""
    message = opened(cast.dana, at)
    remote = [f"{REMOTE}?a=1&b=2", f"{REMOTE}?pixel"]
    tickets.attach_parts([Came(message=message, html=HTML, remote=remote)], at=at)
    shot = attached(message, PNG, "shot.png", at=at)
    shot.content_id = "shot"
    shot.save()
    return message


def document(message: Message, *, pictures: int = 0, theme: int = 0) -> str:
    answer = Client().get(capability.address("mail", message.pk, pictures, theme))
    assert answer.status_code == 200
    return answer.content.decode()


def images(document: str) -> dict[str, str]:
    return {
        alt: (re.findall(r'src="([^"]*)"', image) or [""])[0]
        for image, alt in re.findall(r'(<img[^>]*?alt="([^"]*)"[^>]*>)', document)
    }


def test_it_has_no_origin_and_runs_nothing(message: Message) -> None:
    answer = Client().get(capability.address("mail", message.pk, 1, 0))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "form-action 'none'; frame-ancestors 'self'" in policy
    assert "script" not in policy
    assert "allow-same-origin" not in policy
    assert "X-Frame-Options" not in answer
    assert answer["Cache-Control"] == "private, no-store"


def test_pictures_that_came_with_it_are_shown(message: Message) -> None:
    shown = images(document(message))
    assert shown["Gone"] == ""
    picture = Client().get(shown["A shot"])
    assert fetch(picture) == PNG
    assert picture["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_pictures_of_the_web_wait_until_they_are_asked_for(message: Message) -> None:
    assert images(document(message))["Logo"] == ""
    asked = document(message, pictures=1)
    assert images(asked)["Logo"].startswith("/files/picture-")
    assert "pictures.example" not in asked


def test_what_nobody_can_see_is_left_out(message: Message) -> None:
    for pictures in (0, 1):
        assert document(message, pictures=pictures).count("<img") == 3


@pytest.mark.parametrize(("theme", "says"), [(0, "<html>"), (2, '<html data-theme="dark">')])
def test_it_is_in_the_readers_theme(message: Message, theme: int, says: str) -> None:
    assert says in document(message, theme=theme)


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color:#333">Hello</p>',
        '<td bgcolor="#fff">x</td>',
        '<font color="red">x</font>',
    ],
)
def test_colours_that_somebody_chose_stand_on_white(
    cast: Cast, at: datetime, html: str
) -> None:
    message = opened(cast.dana, at)
    tickets.attach_parts([Came(message=message, html=html)], at=at)
    assert '<html data-theme="light">' in document(message, theme=2)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A server of pictures, which our client knows, and whatever host it asks is this one."""
    with serving(tmp_path) as site:
        trust = ssl.create_default_context(cafile=str(site.authority))
        web = Web(allowed_by([site.origin]), lambda *_: ["127.0.0.1"], trust)
        monkeypatch.setattr(fetching, "client", lambda: web)
        yield site


def test_we_fetch_a_picture_once_and_say_nothing_of_its_reader(
    cast: Cast, at: datetime, site: Site
) -> None:
    address = site.put("/a.gif", GIF, Content_Type="text/html", Set_Cookie="a=b")
    message = opened(cast.dana, at)
    html = f'<img data-remote="{address}" alt="Logo">'
    tickets.attach_parts([Came(message=message, html=html, remote=[address])], at=at)
    shown = images(document(message, pictures=1))["Logo"]
    browser = Client(headers={"Cookie": "sessionid=dana", "Referer": "https://desk.example/"})
    for _ in range(2):
        picture = browser.get(shown)
        assert (fetch(picture), picture["Content-Type"]) == (GIF, "image/gif")
        assert not picture.cookies
    ((method, path, headers),) = site.asked
    assert (method, path) == ("GET", "/a.gif")
    assert not {"cookie", "referer"} & {name.lower() for name in headers}


@pytest.mark.parametrize(
    "body",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html>no picture</html>",
        PNG + b"x" * fetching.MOST_BYTES,
        b"",
    ],
)
def test_only_pictures_come_through(db: None, site: Site, body: bytes) -> None:
    address = site.put("/a.png", body, Content_Type="image/png")
    assert picture_at(address, clock=now) is None
    assert picture_at(address, clock=now) is None
    assert len(site.asked) == 1


def test_an_address_inside_our_network_is_not_asked(
    db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in ("https://127.0.0.1/a.png", "https://169.254.169.254/", "ftp://a.example/"):
        assert picture_at(address, clock=now) is None
    assert RemotePicture.objects.filter(file=None).count() == 3


def test_what_could_not_be_had_is_asked_for_again_later(
    db: None, site: Site, at: datetime
) -> None:
    address = f"{site.origin}/a.gif"
    assert picture_at(address, clock=lambda: at) is None
    site.put("/a.gif", GIF)
    assert picture_at(address, clock=lambda: at + timedelta(minutes=9)) is None
    assert picture_at(address, clock=lambda: at + timedelta(minutes=11)) is not None
