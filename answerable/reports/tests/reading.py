"""Short ways to read a page, its links and its sheets."""

from __future__ import annotations

import csv
import html
import io
import re

from django.test import Client

PROMISES = "/desk/reports/promises/"


def text_of(client: Client, path: str) -> str:
    """Return what a person reads on a page, in single spaces."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def numbers_of(client: Client, path: str) -> list[tuple[str, int]]:
    """Return the numbers of a page that are links, with where each leads."""
    page = client.get(path).content.decode()
    found = re.findall(r'<a href="([^"]*/list/[^"]*)"[^>]*>(\d+)</a>', page)
    return [(html.unescape(url), int(number)) for url, number in found]


def sheet_of(client: Client, path: str) -> list[list[str]]:
    """Return the rows of a sheet."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))
