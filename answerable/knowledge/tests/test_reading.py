"""Help centres of others are read into articles, and what is otherwise is said in words."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from answerable.knowledge.core.imported import Read, Unreadable, fitted, language_of
from answerable.knowledge.core.workbook import NoWorkbook, rows_of
from answerable.knowledge.importing.html import markdown_of
from answerable.knowledge.importing.places import read
from answerable.knowledge.tests.exports import HUBSPOT_ROWS, helpscout, workbook, zendesk


def by_name(found: Read) -> dict[str, object]:
    return {article.name: article for article in found.articles}


def why(found: Read) -> dict[str, str]:
    return {one.name: one.why for one in found.refused}


def tree(top: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        file = top / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return top


def test_it_reads_a_tree_of_markdown(tmp_path: Path) -> None:
    found = read(
        tree(
            tmp_path,
            {
                "setup/_category.md": "---\ntitle: Getting started\nposition: 2\n---\n",
                "setup/sign-in.md": (
                    "---\nsummary: How to get in.\nproducts: [service]\nplans: premium\n"
                    "available: [service enterprise]\nowner: ana@answerable.example\n"
                    "review: 2026-11-01\nupdated: 2025-02-01\nold: [/hc/1, https://x.example/2/]\n"
                    "---\n# Sign in\n\nSee [exports](../data/exports.md#top) and "
                    "![key](key.png).\n"
                ),
                "setup/sign-in.de.md": "---\nby_software: yes\n---\n# Anmelden\n\nText.\n",
                "setup/key.png": "png",
                "data/exports.md": "Text without a heading, [gone](nowhere.md).\n",
                ".git/hidden.md": "# Hidden\n",
            },
        )
    )
    english, german, exports = (
        next(a for a in found.articles if a.name == name)
        for name in ("setup/sign-in (en)", "setup/sign-in (de)", "data/exports (en)")
    )
    assert len(found.articles) == 3
    assert english.title == "Sign in"
    assert english.body == "See [exports](import:data/exports#top) and ![key](key.png).\n"
    assert english.pictures[0].file == (tmp_path / "setup/key.png").resolve()
    assert (english.category, english.summary) == ("setup", "How to get in.")
    assert english.available == (("service", "enterprise"),)
    assert (english.plans, english.products) == (("premium",), ("service",))
    assert english.old == ("hc/1", "2")
    assert english.review_on == date(2026, 11, 1)
    assert english.updated == datetime(2025, 2, 1, tzinfo=UTC)
    assert (german.title, german.by_software, german.official) == ("Anmelden", True, "en")
    assert exports.title == "exports"
    assert exports.remarks == ("nowhere.md leads to nothing in this tree. It stays as it is.",)
    assert [(s.key, s.name, s.position) for s in found.shelves] == [
        ("setup", "Getting started", 2)
    ]


def test_it_takes_folders_of_languages_for_one_article(tmp_path: Path) -> None:
    found = read(tree(tmp_path, {"en/a/x.md": "# X", "de/a/x.md": "# Xe"}))
    assert {(one.ident, one.language, one.category) for one in found.articles} == {
        ("a/x", "en", "a"),
        ("a/x", "de", "a"),
    }


def test_it_refuses_what_it_cannot_read_and_takes_the_rest(tmp_path: Path) -> None:
    top = tree(
        tmp_path, {"a.md": "# A", "b.md": "---\n!!\n---\n", "c.md": "---\nreview: soon\n---\n"}
    )
    (top / "d.md").write_bytes(b"\xff\xfe")
    found = read(top)
    assert [one.ident for one in found.articles] == ["a"]
    assert why(found) == {
        "b.md": "Line 2 above the text is neither a name with a colon nor a list.",
        "c.md": "soon is no day like 2026-11-01.",
        "d.md": "It is not written in UTF-8.",
    }


def test_it_follows_no_link_out_of_the_tree(tmp_path: Path) -> None:
    top = tree(tmp_path / "top", {"a.md": "# A\n\n![x](../secret.png) ![y](/etc/passwd)"})
    (tmp_path / "secret.png").write_text("secret")
    (top / "b.md").symlink_to(tree(tmp_path, {"outside.md": "# Outside"}) / "outside.md")
    found = read(top)
    assert [one.ident for one in found.articles] == ["a"]
    assert found.articles[0].pictures == ()


def test_it_reads_zendesk(tmp_path: Path) -> None:
    found = read(zendesk(tmp_path))
    english = next(a for a in found.articles if a.name == "360011 (en)")
    german = next(a for a in found.articles if a.name == "360011 (de)")
    partners = next(a for a in found.articles if a.ident == "360012")
    assert "## Before you start\n\nOpen **Exports**." in english.body
    assert "> [!WARNING]\n> It takes long." in english.body
    assert "```sql\nSELECT 1;\n```" in english.body
    assert (
        "![Menu](https://nordwind.zendesk.com/hc/article_attachments/1/a.png)" in english.body
    )
    assert "https://www.youtube.com/embed/x1" in english.body
    assert "alert" not in english.body
    assert "javascript" not in english.body
    assert english.old == ("hc/en-us/articles/360011-Exports-fail", "hc/en-us/articles/360011")
    assert english.updated == datetime(2025, 3, 1, 10, tzinfo=UTC)
    assert {
        "A script was left out.",
        "A table with joined cells is a plain one now.",
        "What stood in a frame is a link to it now.",
        "What a script would have done on a click was left out.",
        "Its labels were not taken: exports.",
    } == set(english.remarks)
    assert "It was marked as outdated there." in german.remarks
    assert (german.official, german.category) == ("en", "section-20")
    assert partners.draft_because.startswith("Only some people could read it there.")
    assert why(found) == {"360013 (en-us)": "It has no text."}
    assert {(s.language, s.name, s.position) for s in found.shelves} == {
        ("en", "Exports", 102),
        ("de", "Exporte", 102),
    }


def test_it_leads_links_between_old_addresses_to_the_articles(tmp_path: Path) -> None:
    place = zendesk(tmp_path)
    link = '<p><a href="/hc/de/articles/360011-anders#x">it</a></p>'
    row = {"id": 9, "title": "Nine", "body": link, "section_id": 20, "locale": "de"}
    (place / "more.json").write_text(json.dumps({"articles": [row]}))
    nine = next(one for one in read(place).articles if one.ident == "9")
    assert nine.body == "[it](import:360011#x)\n"


def test_it_reads_help_scout(tmp_path: Path) -> None:
    found = read(helpscout(tmp_path))
    reset, inner, later = sorted(found.articles, key=lambda one: one.ident)
    assert (reset.title, reset.body, reset.category) == (
        "Reset a password",
        "Press *Forgot*.\n",
        "sign-in",
    )
    assert reset.old == ("article/14-reset-a-password",)
    assert reset.remarks == ("It stood in several categories. Not taken: Other.",)
    assert inner.draft_because.startswith("It stood in a private collection there.")
    assert later.draft_because == "It was not published there."
    assert list(why(found)) == ["5218"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "inline.xlsx", "semicolons.csv"])
def test_it_reads_hubspot(tmp_path: Path, ending: str) -> None:
    place = tmp_path / f"articles.{ending}"
    if ending.endswith("xlsx"):
        workbook(place, HUBSPOT_ROWS, inline="inline" in ending)
    else:
        with place.open("w", newline="", encoding="utf-8-sig") as file:
            csv.writer(file, delimiter=";" if "semi" in ending else ",").writerows(HUBSPOT_ROWS)
    found = read(place)
    first, later = found.articles
    assert (first.title, first.summary, first.body) == (
        "Import orders",
        "From a file.",
        "Choose a **file**.\n",
    )
    assert (first.slug, first.old, first.category) == (
        "import-orders",
        ("en/import-orders",),
        "orders",
    )
    assert later.draft_because == "There it was: Draft."
    assert why(found) == {"row 4": "It has no title."}


def test_it_says_which_columns_are_missing(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    place.write_text("Title,Category\nA,B\n")
    with pytest.raises(Unreadable, match="no column for: URL, Article body"):
        read(place)


def test_it_reads_a_page_of_html_by_its_main_part(tmp_path: Path) -> None:
    page = (
        "<html><head><title>Reset &amp; go</title></head><body><nav>Menu</nav>"
        '<main><p>See <a href="other.html">other</a>.</p></main><footer>Foot</footer></html>'
    )
    found = read(
        tree(tmp_path, {"a/reset.html": page, "a/other.html": "<h1>Other</h1><p>x</p>"})
    )
    reset = next(one for one in found.articles if one.ident == "a/reset")
    assert (reset.title, reset.body) == ("Reset & go", "See [other](import:a/other).\n")


def test_it_refuses_html_that_is_built_to_hang_its_reader() -> None:
    with pytest.raises(ValueError, match="nested too deep"):
        markdown_of("<div>" * 5000)
    with pytest.raises(ValueError, match="longer than"):
        markdown_of("x" * 1_000_001)


def test_it_refuses_a_workbook_that_unfolds_entities(tmp_path: Path) -> None:
    place = workbook(tmp_path / "a.xlsx", [["a"]])
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bomb)
    with pytest.raises(NoWorkbook, match="document type"):
        rows_of(place)


@pytest.mark.parametrize("text", ["{", "[]", '{"articles": [{"id": 1}]}'])
def test_it_says_what_it_can_read(tmp_path: Path, text: str) -> None:
    place = tmp_path / "a.json"
    place.write_text(text)
    with pytest.raises(Unreadable):
        read(place)


def test_it_cuts_what_is_too_long_and_says_so(tmp_path: Path) -> None:
    found = read(tree(tmp_path, {"a.md": f"# {'word ' * 100}\n\nText"}))
    article = fitted(found.articles[0])
    assert len(article.title) <= 200
    assert article.title.endswith("word…")
    assert article.remarks == ("The title was cut to 200 characters.",)


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en-us", "en"),
        ("de", "de"),
        ("pt-BR", "pt-br"),
        ("zh_CN", "zh-cn"),
        ("?", ""),
        ("", ""),
    ],
)
def test_it_knows_the_language_of_a_locale(locale: str, language: str) -> None:
    assert language_of(locale) == language
