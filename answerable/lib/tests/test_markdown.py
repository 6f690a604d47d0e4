"""What people write in Markdown looks as it was meant, and no character of it is HTML."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.lib.markdown import as_html, styled


def bare(text: str) -> str:
    return as_html(text).replace("\n", "").replace(' rel="noopener noreferrer"', "")


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
        ("```\na < b\n\n**x**\n```\nend", "<pre>a &lt; b**x**</pre><p>end</p>"),
        ("```sh\nls", "<pre>ls</pre>"),
        ("> was\n> that\nYes", "<blockquote><p>was<br>that</p></blockquote><p>Yes</p>"),
        ("> > deep", "<blockquote><blockquote><p>deep</p></blockquote></blockquote>"),
        ("run `ls -l` now", "<p>run <code>ls -l</code> now</p>"),
        ("a **bold** word", "<p>a <strong>bold</strong> word</p>"),
        ("2 ** 3 ** 4", "<p>2 ** 3 ** 4</p>"),
        ("one\n  indented", "<p>one<br>&nbsp;&nbsp;indented</p>"),
        ("an *idea*, ~~gone~~", "<p>an <em>idea</em>, <s>gone</s></p>"),
        ("# Steps\nfirst", "<h3>Steps</h3><p>first</p>"),
        ("Fixed.\n---\nAna", "<p>Fixed.</p><hr><p>Ana</p>"),
        ("![x](https://a.example/p.png)", '<p><a href="https://a.example/p.png">x</a></p>'),
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>"),
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
    found = re.search(r'<a href="([^"]*)">([^<]*)</a>', bare(text))
    assert found
    assert unescape(found[1]) == address
    assert unescape(found[2]) == (says or address)


@pytest.mark.parametrize(
    "text", ["[x](javascript:alert(1))", "javascript:alert(1)", "[x](data:text/html,x)"]
)
def test_it_links_to_nothing_but_pages(text: str) -> None:
    assert "<a " not in as_html(text)


class Tags(HTMLParser):
    """Collects the elements of a text, and whether each is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert {name for name, _ in attrs} <= {"style", "href", "start", "rel"}
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


OURS = {"a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "hr", "li", "ol", "p", "pre"}
OURS |= {"s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"}
TYPED = st.text(
    st.one_of(st.sampled_from("`*[]()<>&\"'-1.|~ \n#https://"), st.characters(codec="utf-8")),
    max_size=200,
)


@given(text=TYPED)
def test_it_takes_any_text_and_writes_only_our_elements(text: str) -> None:
    for written in (as_html(text), styled(text, {"p": "margin:0"})):
        tags = Tags()
        tags.feed(written)
        tags.close()
        assert tags.open == []
        assert tags.seen <= OURS


def test_a_table_is_one_in_mails_too() -> None:
    table = styled("| a | b |\n|---|--:|\n| 1 | 2 |", {"td": "padding:1px"})
    assert '<td style="padding:1px">1</td>' in table
    assert '<td style="padding:1px;text-align:right">2</td>' in table


def test_a_text_that_nobody_reads_is_shown_as_it_was_typed() -> None:
    assert as_html("*" * 200_001) == f"<pre>{'*' * 200_001}</pre>"
