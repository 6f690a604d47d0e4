"""The HTML of a mail runs nothing and loads nothing, and still reads well."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.sanitise import ATTRIBUTES, TAGS, sanitised

PAYLOADS = Path(__file__).parents[5] / "shared" / "security" / "xss.jsonl"
LEADS = re.compile(r"[\x00-\x20]*(?:https?|mailto|tel|cid):", re.IGNORECASE)
KNOWN = {name for names in ATTRIBUTES.values() for name in names} | {"rel", "data-remote"}


class Dangers(HTMLParser):
    """Finds all in HTML that is not known to be harmless."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(tag)
        for name, value in attrs:
            if not self._is_harmless(name, value or ""):
                self.found.append(f"{tag} {name}={value}")

    def _is_harmless(self, name: str, value: str) -> bool:
        if name == "src":
            return value.startswith("cid:")
        if name == "href":
            return bool(LEADS.match(re.sub("[\\t\\r\\n]", "", value)))
        if name == "style":
            return not re.search(r"url|expression|script|[@\\]", value, re.IGNORECASE)
        return name in KNOWN


def clean(html: str) -> str:
    said = sanitised(html)
    assert said is not None
    return said


@pytest.mark.parametrize(
    ("it", "html", "left"),
    [
        ("keeps tables", "<table><tbody><tr><td colspan=2>a</td></tr></tbody></table>", None),
        ("drops scripts", "a<script>alert(1)</script>b", "ab"),
        ("drops handlers", "<p onclick=alert(1)>a</p>", "<p>a"),
        ("drops styles", "<style>p { color: red }</style>a", "a"),
        ("drops links that run", "<a href='java\nscript:alert(1)'>a</a>", None),
        ("keeps pictures of the mail", "<img src='cid:one@n'>", '<img src="cid:one@n">'),
        ("lets others wait", "<img src='https://x.de/'>", '<img data-remote="https://x.de/">'),
        ("trusts no address that waits", "<img data-remote=x srcset=y>", "<img>"),
        ("drops relative addresses", "<img src='/logout'><a href='//x.example'>a</a>", None),
        ("keeps colours", "<p style='color: rgb(1, 2, 3)'>", '<p style="color:rgb(1, 2, 3)">'),
        ("loads nothing by style", "<p style='background: url(//x)'>", '<p style="">'),
        ("loads nothing by a colour", "<p style='background-color: url(//x)'>", '<p style="">'),
        ("drops a font", "<p style='font: \"A(b\"; color: red'>", '<p style="color:red">'),
        ("knows no names of ours", "<p id=main class=button>a</p>", "<p>a"),
    ],
)  # fmt: skip
def test_it(it: str, html: str, left: str | None) -> None:
    said = clean(html)
    assert Dangers(said).found == [], it
    assert left is None or said.removesuffix("</p>") == left, it


@pytest.mark.parametrize("html", ["<div>" * 20_000, "<b a=1><p>" * 20_000, "&" * 200_000])
def test_it_refuses_what_no_parser_should_be_given(html: str) -> None:
    assert sanitised(html) is None


@given(st.text(alphabet="<>/abimgsrcstyle=\"'&;:()\\\n urlon", max_size=200))
def test_it_leaves_nothing_dangerous_of_anything(html: str) -> None:
    assert Dangers(clean(html)).found == []


@pytest.mark.skipif(
    not PAYLOADS.exists(), reason="The file of attacks, ../shared/security, is not here."
)
def test_it_leaves_nothing_of_known_attacks() -> None:
    payloads = [json.loads(line)["payload"] for line in PAYLOADS.read_text().splitlines()]
    assert [found for each in payloads for found in Dangers(clean(each)).found] == []
