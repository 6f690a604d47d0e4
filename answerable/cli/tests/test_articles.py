"""`answerable articles`: what is said of imports, exports, links and what needs somebody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from answerable.cast import Cast
from answerable.cli.articles_care import check, links, translate
from answerable.cli.articles_export import run as give
from answerable.cli.articles_import import run as take
from answerable.cli.parser import parse
from answerable.cli.wrong import Wrong
from answerable.knowledge.models import Article, ArticleLink, ArticleText
from answerable.knowledge.tests.exports import zendesk
from answerable.knowledge.tests.machines import KEY, libretranslate
from answerable.lib.tests.web import allowed_web

ANA = ["--as", "ana@answerable.example"]
Said = pytest.CaptureFixture[str]


def tree(tmp_path: Path) -> str:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("# Exports fail\n\nSee [x](/help/en/nowhere/).\n")
    return str(tmp_path / "docs")


def took(*words: str) -> int:
    return take(parse(["articles", "import", *words]))


def test_a_try_says_what_would_be_done_and_does_nothing(
    cast: Cast, tmp_path: Path, capsys: Said
) -> None:
    assert took(tree(tmp_path), *ANA, "--try") == 0
    said = capsys.readouterr().out
    assert "a (en): new /help/en/exports-fail/" in said
    assert "1 new, 0 changed" in said
    assert said.endswith("Nothing was written: this was a try.\n")
    assert not Article.objects.exists()


def test_an_import_says_what_became_of_each(cast: Cast, tmp_path: Path, capsys: Said) -> None:
    assert took(str(zendesk(tmp_path)), *ANA, "--no-pictures") == 1
    said = capsys.readouterr().out
    assert "360011 (en): new /help/en/exports-fail/\n    A script was left out." in said
    assert "360012 (en): a draft" in said
    assert "360013 (en-us): not taken\n    It has no text." in said
    assert "a.png is not fetched now." in said
    assert took(str(tmp_path), *ANA, "--no-pictures") == 1
    assert "0 new, 0 changed, 3 as they were" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["/nowhere/at/all"], "There is nothing at"),
        ([], "Name a folder or a file"),
        (["{tree}", "--as", "nobody@x.example"], "There is no agent with the address"),
    ],
)
def test_it_says_why_it_cannot(words: list[str], why: str, cast: Cast, tmp_path: Path) -> None:
    named = [word.format(tree=tmp_path) for word in words]
    with pytest.raises(Wrong, match=why):
        took(*named)


def test_ours_come_with_it_and_go_out_again(cast: Cast, tmp_path: Path, capsys: Said) -> None:
    assert took("--shipped", *ANA) == 0
    place = tmp_path / "out"
    assert give(parse(["articles", "export", str(place)])) == 0
    with pytest.raises(Wrong, match="There is something at"):
        give(parse(["articles", "export", str(place)]))
    assert took(str(place)) == 0
    assert "0 new, 0 changed, 30 as they were" in capsys.readouterr().out
    file = tmp_path / "all.json"
    assert give(parse(["articles", "export", str(file), "--json"])) == 0
    assert len(json.loads(file.read_text())["articles"]) == 15


def test_links_that_lead_nowhere_are_printed(cast: Cast, tmp_path: Path, capsys: Said) -> None:
    took(tree(tmp_path), *ANA)
    assert links(parse(["articles", "links"])) == 1
    said = capsys.readouterr().out
    assert "exports-fail (en): /help/en/nowhere/" in said
    assert "There is no article at /help/en/nowhere/." in said
    assert check(parse(["articles", "check"])) == 1
    assert "A link leads nowhere: exports-fail" in capsys.readouterr().out
    ArticleLink.objects.all().delete()
    assert check(parse(["articles", "check"])) == 0


def test_all_that_is_missing_is_translated(
    cast: Cast,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Said,
) -> None:
    took(tree(tmp_path), *ANA)
    with pytest.raises(Wrong, match="No machine is set up"):
        translate(parse(["articles", "translate", "de", "--missing"]))
    with allowed_web(tmp_path, settings, monkeypatch) as web:
        settings.ANSWERABLE_TRANSLATION_URL = libretranslate(web)
        settings.ANSWERABLE_TRANSLATION_KEY = KEY
        words = ["articles", "translate", "de", "--missing", *ANA]
        assert translate(parse([*words, "--try"])) == 0
        assert not ArticleText.objects.filter(language="de").exists()
        assert translate(parse(words)) == 0
    german = ArticleText.objects.select_related("current").get(language="de")
    assert german.current is not None
    assert (german.current.title, german.current.by_software) == ("EXPORTS FAIL", True)
    assert "1 of 1 translated." in capsys.readouterr().out


def test_which_articles_are_translated_must_be_said(cast: Cast) -> None:
    with pytest.raises(Wrong, match="Name articles by their keys"):
        translate(parse(["articles", "translate", "de"]))
    with pytest.raises(Wrong, match="There is no article with the key x"):
        translate(parse(["articles", "translate", "de", "x"]))
