"""Scripts and styles of ours are short on the line."""

from __future__ import annotations

import gzip

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client

pytestmark = pytest.mark.django_db

STYLE = "/static/design/design.css"


def _asked(client: Client, **headers: str) -> HttpResponse:
    return client.get(STYLE, headers=headers)  # type: ignore[return-value]


def test_it_is_compressed_for_who_reads_that(client: Client) -> None:
    path = finders.find("design/design.css")
    assert isinstance(path, str)
    plain = b"".join(_asked(client).streaming_content)  # type: ignore[attr-defined]
    answer = _asked(client, **{"Accept-Encoding": "br, gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(answer.content) == plain
    assert len(answer.content) < len(plain)


def test_it_is_asked_for_again_as_before(client: Client) -> None:
    first = _asked(client, **{"Accept-Encoding": "gzip"})
    since = first.headers["Last-Modified"]
    again = _asked(client, **{"Accept-Encoding": "gzip", "If-Modified-Since": since})
    assert (again.status_code, "Content-Encoding" in again.headers) == (304, False)


def test_a_page_is_left_as_it_is(client: Client) -> None:
    answer = client.get("/sign-in/", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
