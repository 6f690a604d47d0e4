"""What an agent types looks in a mail as it was meant, and no character of it is markup."""

from __future__ import annotations

import re
import time
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.rich import plain, rich

STYLE = re.compile(r' style="[^"]*"')


def bare(text: str) -> str:
    return STYLE.sub("", rich(text)).replace("\n", "")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Hello Dana,\n\nit works.", "<p>Hello Dana,</p><p>it works.</p>"),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("Do this:\n* a\n* b", "<p>Do this:</p><ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("3) c\n4) d", '<ol start="3"><li>c</li><li>d</li></ol>'),
        ("- a\n  goes on\n- b", "<ul><li>a<br>goes on</li><li>b</li></ul>"),
        ("2026. That year", "<p>2026. That year</p>"),
        ("-- \nAna", "<p>--<br>Ana</p>"),
        ("-1 is less", "<p>-1 is less</p>"),
        ("```\na < b\n\n**x**\n```\nend", "<pre>a &lt; b\n\n**x**</pre><p>end</p>"),
        ("```sh\nls", "<pre>ls</pre>"),
        ("> was\n> that\nYes", "<blockquote><p>was<br>that</p></blockquote><p>Yes</p>"),
        ("> > deep", "<blockquote><blockquote><p>deep</p></blockquote></blockquote>"),
        ("run `ls -l` now", "<p>run <code>ls -l</code> now</p>"),
        ("a **bold** word", "<p>a <strong>bold</strong> word</p>"),
        ("2 ** 3 ** 4", "<p>2 ** 3 ** 4</p>"),
        ("  indented", "<p>&nbsp;&nbsp;indented</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)
def test_it_understands_what_people_type(text: str, html: str) -> None:
    assert bare(text) == html.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "address", "says"),
    [
        ("See https://a.example/x.", "https://a.example/x", "https://a.example/x"),
        ("(https://a.example/x)", "https://a.example/x", "https://a.example/x"),
        ("https://a.example/x_(y)", "https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("https://a.example/?a=1&b=2", "https://a.example/?a=1&b=2", None),
        ("[the page](https://a.example/)", "https://a.example/", "the page"),
    ],
)
def test_it_makes_links_of_addresses(text: str, address: str, says: str | None) -> None:
    found = re.search(r'<a href="([^"]*)">([^<]*)</a>', rich(text))
    assert found
    assert unescape(found[1]) == address
    assert unescape(found[2]) == (says or address)


@pytest.mark.parametrize(
    "text", ["[x](javascript:alert(1))", "javascript:alert(1)", "[x](data:text/html,x)"]
)
def test_it_links_to_nothing_but_pages(text: str) -> None:
    assert "<a " not in rich(text)


def test_what_strangers_wrote_hides_no_address_behind_another() -> None:
    shown = STYLE.sub("", plain("“[Sign in](https://evil.example/)”\n\n**now**"))
    assert shown == (
        "<p>“[Sign in](<a "
        'href="https://evil.example/">https://evil.example/</a>)”</p><p>**now**</p>'
    )


class Tags(HTMLParser):
    """Collects the elements of a text, and whether each is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert {name for name, _ in attrs} <= {"style", "href", "start"}
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


OURS = {"p", "br", "ul", "ol", "li", "pre", "blockquote", "code", "strong", "a"}
TYPED = st.text(
    st.one_of(st.sampled_from("`*[]()<>&\"'-1. \n#https://"), st.characters()), max_size=200
)


@given(text=TYPED)
def test_it_takes_any_text_and_writes_only_our_elements(text: str) -> None:
    for written in (rich(text), plain(text)):
        tags = Tags()
        tags.feed(written)
        tags.close()
        assert tags.open == []
        assert tags.seen <= OURS


@pytest.mark.parametrize(
    "piece", ["`", "**a ", "[", "[a](", "https://(", "> ", "- ", "```\n", " ", "(((https://x)"]
)
def test_it_takes_a_long_text_in_good_time(piece: str) -> None:
    began = time.process_time()
    rich(piece * (100_000 // len(piece)))
    assert time.process_time() - began < 5
