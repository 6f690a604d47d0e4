"""Markdown becomes HTML in which nothing runs, whatever it says."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from answerable.knowledge.rendering import Block, rendered_text

# What is tried on programs that show what others wrote; a few of each kind.
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:msgbox(1))",
    "![a](javascript:alert(1))",
    '![a](https://x.example/"onerror="alert(1))',
    '![a"onerror="alert(1)](https://x.example/a.png)',
    '[a](https://x.example "t\\" onmouseover=\\"alert(1)")',
    '<https://x.example/"onclick="alert(1)>',
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
    '```"><script>alert(1)</script>\ncode\n```',
    '## Heading {#x" onclick="alert(1)}',
    '{lang en" onclick="alert(1)}\nx\n{/lang}',
    "{available <script>alert(1)</script> enterprise}",
    "> [!NOTE]<script>alert(1)</script>\n> x",
    "<iframe src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    '<math><mtext><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=a()&gt;">',
    "| a |\n|---|\n| <b onmouseover=alert(1)>x</b> |",
    "\ue0000\ue001",
    "![x](file:1)\ue0000\ue001\ue0009\ue001",
]
FINE = {"a", "blockquote", "br", "code", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li",
        "ol", "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr",
        "ul"}  # fmt: skip
NAMES = {
    "href",
    "title",
    "class",
    "role",
    "tabindex",
    "aria-label",
    "lang",
    "id",
    "start",
    "rel",
}
ADDRESS = re.compile(r"(https?|mailto|tel):|[^:]*$|[/#?]", re.IGNORECASE)
PARTS = [
    *("# ", "## ", "> ", "- ", "1. ", "```\n", "`", "**", "[", "](", ")", "![", "|"),
    *("|---|\n", "\n", "\n\n", "    ", "[!NOTE]", "{promise table}", "{lang en}\n", "{/lang}"),
    *("<", ">", "&", '"', "'", "javascript:", "file:1", "{#a}", "\ue000", "\ue001", "0", "x"),
]


class Judge(HTMLParser):
    """Fails for any element, attribute or address that an article may not have."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in FINE
        for name, value in attrs:
            assert name in NAMES
            assert name != "href" or ADDRESS.match(value or "")


def judge(body: str) -> None:
    html = rendered_text(body).html
    Judge().feed(html)
    assert "\ue000" not in html


@pytest.mark.parametrize("body", ATTACKS)
def test_it_lets_no_attack_through(body: str) -> None:
    judge(body)


@given(st.text(max_size=300))
def test_it_is_harmless_whatever_is_written(body: str) -> None:
    judge(body)


@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=8), max_size=40).map("".join))
def test_it_is_harmless_whatever_marks_are_put_together(body: str) -> None:
    judge(body)


@given(st.lists(st.sampled_from(["# ", "## ", "### ", "#### ", "###### "]), max_size=12))
def test_its_headings_leave_out_no_level_and_have_each_an_anchor(levels: list[str]) -> None:
    headings = rendered_text("\n\n".join(f"{level}Words" for level in levels)).headings
    found = [heading.level for heading in headings]
    assert found[:1] in ([], [2])
    assert all(after <= before + 1 for before, after in pairwise(found))
    assert len({heading.anchor for heading in headings}) == len(levels)


def test_it_shows_html_as_it_was_written() -> None:
    assert rendered_text("a <b>c</b>").html == "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"


def test_a_callout_is_written_as_github_does() -> None:
    html = rendered_text("> [!WARNING]\n> Save *first*.").html
    assert '<div class="callout callout--warning" role="note" aria-label="Warning">' in html
    assert "<p>Save <em>first</em>.</p>" in html
    assert "[!" not in html


def test_a_quotation_stays_one() -> None:
    assert "<blockquote>" in rendered_text("> [!WHAT]\n> Words.").html


def test_a_table_and_code_scroll_in_regions_that_can_be_reached() -> None:
    html = rendered_text("| a | b |\n|---|--:|\n| 1 | 2 |\n\n```sh\nls\n```").html
    assert '<div class="table-scroll" role="region" tabindex="0" aria-label="Table 1">' in html
    assert '<td class="cell--right">2</td>' in html
    assert '<pre class="code" role="group" tabindex="0" aria-label="Code 1">' in html


def test_a_heading_has_an_anchor_of_its_words_or_its_own() -> None:
    headings = rendered_text("# Über uns\n\n## Main\n\n## Main\n\n## X {#times}").headings
    assert [heading.anchor for heading in headings] == [
        "ueber-uns",
        "main-2",
        "main-3",
        "times",
    ]
    assert headings[-1].words == "X"


def test_a_translation_has_the_anchors_it_is_given_where_they_are_as_many() -> None:
    given_anchors = ("channels", "response-times")
    two = rendered_text("## Wege\n\n## Zeiten", given_anchors)
    assert [heading.anchor for heading in two.headings] == ["channels", "response-times"]
    assert rendered_text("## Wege", given_anchors).headings[0].anchor == "wege"


def test_a_part_may_be_in_another_language() -> None:
    html = rendered_text("Davor\n\n{lang en}\n## Later\n\n- words\n{/lang}\n\nDanach").html
    assert '<div lang="en">\n<h2 id="later">Later</h2>\n<ul>' in html
    assert html.endswith("</div>\n<p>Danach</p>\n")


def test_places_are_kept_for_what_depends_on_the_reader() -> None:
    body = (
        "- {promise table gold}\n\n{available service enterprise, sales}\n\n![A form](file:7)"
    )
    assert list(rendered_text(body).blocks) == [
        Block("promises", "gold"),
        Block("available", "service enterprise, sales"),
        Block("file", "7", "A form"),
    ]


def test_what_is_on_another_server_is_a_link() -> None:
    html = rendered_text("![Watch it](https://video.example/watch?v=1)").html
    assert '<a class="elsewhere" href="https://video.example/watch?v=1" rel="noopener">' in html
    assert "Watch it" in html
    assert '<a href="/help/files/7/"' in rendered_text("[The form](file:7)").html


def test_its_words_are_without_marks_by_heading() -> None:
    found = rendered_text(
        "Intro **bold**.\n\n## One\n\n- a\n- `b`\n\n## Two\n\n    code"
    ).sections
    assert [(one.anchor, one.title, one.words) for one in found] == [
        ("", "", "Intro bold."),
        ("one", "One", "a\nb"),
        ("two", "Two", "code"),
    ]


def test_a_part_in_another_language_is_labelled_in_it() -> None:
    with translation.override("de"):
        html = rendered_text(
            "{lang en}\n> [!NOTE]\n> Words.\n{/lang}\n\n> [!NOTE]\n> Text."
        ).html
    assert re.findall(r'callout-title">(\w+)<', html) == ["Note", "Hinweis"]
