"""What another help centre gave out becomes articles; taken again, nothing changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from answerable.cast import Cast
from answerable.knowledge import exporting
from answerable.knowledge.actions import (
    How,
    Outcome,
    Written,
    import_articles,
    publish_article,
)
from answerable.knowledge.importing.places import read
from answerable.knowledge.models import (
    Article,
    ArticleDraft,
    ArticleFile,
    ArticleText,
    ArticleVersion,
    Category,
    OldAddress,
)
from answerable.knowledge.tests.exports import zendesk
from answerable.lib.outbound.words import Unfetched

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x06\x00\x00\x00"
    b"r\xb6\r$\x00\x00\x00\x00IEND\xaeB`\x82"
)
FILES = {
    "en/setup/_category.md": "---\ntitle: Setup\n---\n",
    "de/setup/_category.md": "---\ntitle: Einrichten\n---\n",
    "en/setup/sign-in.md": (
        "---\nsummary: How.\nowner: ana@answerable.example\nproducts: [service]\n"
        "available: [service enterprise]\nupdated: 2025-01-02\nold: [/hc/articles/1]\n---\n"
        "# Sign in\n\nSee [exports](exports.md#top), ![key](key.png) and ![x](text.png).\n"
    ),
    "de/setup/sign-in.md": "---\nby_software: yes\n---\n# Anmelden\n\n[Hier](exports.md).\n",
    "en/setup/exports.md": "---\ndraft: yes\n---\n# Exports\n\n## Top\n\nText.\n",
    "de/setup/exports.md": "# Exporte\n\nText.\n",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    top = tmp_path / "docs"
    for path, text in FILES.items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(text)
    (top / "en/setup/key.png").write_bytes(PNG)
    (top / "en/setup/text.png").write_text("no picture")
    return top


def taken(place: Path, how: How, at: datetime) -> dict[str, Outcome]:
    return {one.name: one for one in import_articles(read(place), how, at=at)}


def test_it_takes_articles_with_all_that_is_known_of_them(
    tree: Path, cast: Cast, at: datetime
) -> None:
    outcomes = taken(tree, How(by=cast.ben), at)
    article = Article.objects.get(key="sign-in")
    english, german = article.texts.order_by("-language")
    assert english.current is not None
    assert german.current is not None
    file = ArticleFile.objects.get()
    assert (file.article, file.name) == (article, "key.png")
    assert english.current.body == (
        f"See [exports](/help/en/exports/#top), ![key](file:{file.pk}) and ![x](text.png).\n"
    )
    assert english.current.published_at == datetime(2025, 1, 2, tzinfo=UTC)
    assert (german.slug, german.current.by_software) == ("anmelden", True)
    assert german.current.source == english.current
    assert german.current.body == "[Hier](/help/de/exporte/).\n"
    assert (article.owner, article.products) == (cast.ana, ["service"])
    assert article.available == [{"product": "service", "tier": "enterprise"}]
    assert article.category is not None
    assert {name.name for name in article.category.names.all()} == {"Setup", "Einrichten"}
    assert OldAddress.objects.get().slug == "hc/articles/1"
    assert outcomes["setup/sign-in (en)"].remarks == (
        "text.png is no picture that can be shown (text/plain).",
    )


def test_it_takes_a_draft_as_one_and_refuses_what_translates_nothing(
    tree: Path, cast: Cast, at: datetime
) -> None:
    outcomes = taken(tree, How(by=cast.ben), at)
    assert outcomes["setup/exports (en)"].what == "draft"
    draft = ArticleDraft.objects.get()
    assert (draft.writer, draft.title, draft.text.current) == (cast.ben, "Exports", None)  # type: ignore[union-attr]  # It has one.
    assert outcomes["setup/exports (de)"].what == "refused"
    assert outcomes["setup/exports (de)"].remarks == (
        "The text that it translates was not published.",
    )


def test_taken_again_nothing_changes(tree: Path, cast: Cast, at: datetime) -> None:
    taken(tree, How(by=cast.ben), at)
    before = (ArticleVersion.objects.count(), Article.objects.count(), Category.objects.count())
    again = taken(tree, How(by=cast.ben), at + timedelta(days=1))
    assert {one.what for name, one in again.items() if name != "setup/exports (de)"} == {"same"}
    after = (ArticleVersion.objects.count(), Article.objects.count(), Category.objects.count())
    assert before == after
    assert ArticleFile.objects.count() == 1


def test_it_takes_what_changed_at_its_source(tree: Path, cast: Cast, at: datetime) -> None:
    taken(tree, How(by=cast.ben), at)
    file = tree / "en/setup/sign-in.md"
    file.write_text(file.read_text().replace("See", "Look at"))
    outcomes = taken(tree, How(by=cast.ben), at + timedelta(days=1))
    assert outcomes["setup/sign-in (en)"].what == "changed"
    text = ArticleText.objects.get(slug="sign-in")
    assert text.current is not None
    assert text.current.number == 2
    assert text.current.body.startswith("Look at")


def test_it_leaves_what_was_changed_here_unless_it_is_told_not_to(
    tree: Path, cast: Cast, at: datetime
) -> None:
    taken(tree, How(by=cast.ben), at)
    article = Article.objects.get(key="sign-in")
    publish_article(article, "en", Written("Sign in", "Ours."), by=cast.ana, at=at)
    file = tree / "en/setup/sign-in.md"
    file.write_text(file.read_text().replace("See", "Look at"))
    kept = taken(tree, How(by=cast.ben), at + timedelta(days=1))["setup/sign-in (en)"]
    assert (kept.what, len(kept.remarks)) == ("kept", 1)
    over = taken(tree, How(by=cast.ben, over=True), at + timedelta(days=1))
    assert over["setup/sign-in (en)"].what == "changed"


def test_it_leaves_who_looks_after_an_article_here(
    tree: Path, cast: Cast, at: datetime
) -> None:
    taken(tree, How(), at)
    Article.objects.filter(key="sign-in").update(owner=cast.ben)
    file = tree / "en/setup/sign-in.md"
    file.write_text(file.read_text().replace("See", "Look at"))
    taken(tree, How(), at)
    assert Article.objects.get(key="sign-in").owner == cast.ben


def test_it_fetches_pictures_of_the_web_and_says_which_it_could_not(
    tmp_path: Path, cast: Cast, at: datetime
) -> None:
    def fetch(url: str) -> bytes:
        if "a.png" in url:
            return PNG
        raise Unfetched("unknown", host="x.example")

    outcomes = taken(zendesk(tmp_path), How(by=cast.ana, fetch=fetch), at)
    text = ArticleText.objects.get(language="en", slug="exports-fail")
    assert text.current is not None
    assert (
        f"![Menu](file:{ArticleFile.objects.get(article=text.article).pk})" in text.current.body
    )
    assert outcomes["360012 (en)"].what == "draft"
    assert OldAddress.objects.filter(article=text.article, language="en").count() == 2
    without = taken(zendesk(tmp_path / "b"), How(by=cast.ana, over=True), at)
    assert without["360011 (en)"].what == "same"


def test_what_is_exported_can_be_imported_and_is_the_same(
    tree: Path, tmp_path: Path, cast: Cast, at: datetime
) -> None:
    taken(tree, How(by=cast.ben), at)
    first = tmp_path / "first"
    assert len(list(exporting.tree(first))) == 5
    official, translated = (
        next(first.glob(f"{language}/**/sign-in.md")) for language in ("en", "de")
    )
    assert "\nof_version: 1\n" in translated.read_text()
    assert "of_version" not in official.read_text()
    versions = ArticleVersion.objects.count()
    outcomes = taken(first, How(), at + timedelta(days=1))
    assert {one.what for one in outcomes.values()} == {"same"}
    assert ArticleVersion.objects.count() == versions
    ArticleText.objects.update(current=None)
    ArticleVersion.objects.exclude(source=None).delete()
    Article.objects.all().delete()
    taken(first, How(), at + timedelta(days=1))
    second = tmp_path / "second"
    paths = list(exporting.tree(second))
    for path in paths:
        if path.endswith(".md"):
            text = (second / path).read_text()
            number = f"file:{ArticleFile.objects.get().pk}"
            assert number not in text
    assert len(paths) == 5
    assert exporting.document()["articles"][0]["texts"][0]["title"] == "Anmelden"
