"""What is typed is kept; what is published is what was meant, also when two write at once."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from answerable.authoring.tests.conftest import TODAY, signed_in
from answerable.cast import Cast
from answerable.knowledge.actions import Written, publish_article
from answerable.knowledge.models import Article, ArticleDraft, ArticleFile, ArticleVersion
from answerable.knowledge.tests.test_importing import PNG

EDIT = "/articles/text/exports-fail/en/"
GERMAN = "/articles/text/exports-fail/de/"
PART = {"HX-Request": "true"}


def typed(**more: str) -> dict[str, str]:
    return {"title": "Exports fail", "summary": "", "body": "New text.", "note": "", **more}


def current(article: Article, language: str = "en") -> ArticleVersion:
    version = article.texts.get(language=language).current
    assert version is not None
    return version


def test_what_is_typed_is_kept_and_shown_as_readers_will_see_it(
    ana: Client, article: Article
) -> None:
    body = "> [!TIP]\n> **Try** <script>alert(1)</script> again.\n"
    part = ana.post(f"{EDIT}preview/", typed(body=body), headers=PART)
    page = part.content.decode()
    assert "<strong>Try</strong>" in page
    assert "<script>" not in page
    assert "Draft saved" in page
    assert ArticleDraft.objects.get().body == body
    again = ana.get(EDIT).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; again." in again
    assert current(article).number == 1


def test_a_page_that_is_only_read_makes_no_draft(ana: Client, article: Article) -> None:
    version = current(article)
    same = typed(body=version.body, summary=version.summary)
    ana.post(f"{EDIT}preview/", same, headers=PART)
    assert not ArticleDraft.objects.exists()


def test_each_writer_has_a_draft(here: Cast, ana: Client, article: Article) -> None:
    ana.post(f"{EDIT}preview/", typed(body="Ana's"), headers=PART)
    ben = signed_in(here.ben)
    ben.post(f"{EDIT}preview/", typed(body="Ben's"), headers=PART)
    assert "Ana&#x27;s" in ana.get(EDIT).content.decode()
    assert "Ben&#x27;s" in ben.get(EDIT).content.decode()
    assert "draft of Ben Adler" in ana.get("/articles/one/exports-fail/").content.decode()


def test_it_is_published_with_what_changed(ana: Client, article: Article) -> None:
    answer = ana.post(EDIT, typed(do="publish", note="New menu", based_on="1"))
    assert answer.status_code == 302
    version = current(article)
    assert (version.number, version.body, version.note) == (2, "New text.", "New menu")
    assert not ArticleDraft.objects.exists()


@pytest.mark.parametrize(
    ("sent", "problem"),
    [({"title": ""}, "Enter a title"), ({"body": " "}, "Enter a text")],
)
def test_it_says_what_is_missing_and_keeps_the_rest(
    sent: dict[str, str], problem: str, ana: Client, article: Article
) -> None:
    answer = ana.post(EDIT, typed(do="publish", **sent))
    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert "<title>Error:" in answer.content.decode()
    assert current(article).number == 1


def test_nobody_undoes_what_another_published_meanwhile(
    here: Cast, ana: Client, article: Article
) -> None:
    ana.post(f"{EDIT}preview/", typed(body="Ana's text.", based_on="1"), headers=PART)
    words = Written("Exports fail", "Ben's text.")
    publish_article(article, "en", words, by=here.ben, at=TODAY)
    refused = ana.post(EDIT, typed(do="publish", body="Ana's text.", based_on="1"))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Ben Adler published version 2" in page
    assert "Ben&#x27;s text." in page
    assert current(article).body == "Ben's text."
    ana.post(f"{EDIT}rebase/")
    assert ana.post(EDIT, typed(do="publish", body="Both.", based_on="2")).status_code == 302
    assert current(article).body == "Both."


def test_a_draft_that_begins_late_comes_after_the_version_its_page_had(
    here: Cast, ana: Client, article: Article
) -> None:
    publish_article(article, "en", Written("Exports fail", "Ben's."), by=here.ben, at=TODAY)
    refused = ana.post(EDIT, typed(do="publish", body="Ana's.", based_on="1"))
    assert refused.status_code == 422
    assert current(article).body == "Ben's."


def test_a_draft_is_discarded(ana: Client, article: Article) -> None:
    ana.post(f"{EDIT}preview/", typed(), headers=PART)
    ana.post(f"{EDIT}discard/")
    assert not ArticleDraft.objects.exists()


def test_a_picture_is_kept_and_named(ana: Client, article: Article) -> None:
    file = SimpleUploadedFile("The [menu].png", PNG, "image/png")
    answer = ana.post(f"{EDIT}files/", {"new_files": file}, headers=PART)
    kept = ArticleFile.objects.get()
    assert answer.json() == {"markdown": f"![The  menu](file:{kept.pk})"}
    part = ana.post(f"{EDIT}preview/", typed(body=answer.json()["markdown"]), headers=PART)
    assert f'<img src="/help/files/{kept.pk}/"' in part.content.decode()


def test_a_file_without_script_goes_to_the_end_of_the_draft(
    ana: Client, article: Article
) -> None:
    file = SimpleUploadedFile("guide.pdf", b"%PDF-1.7\n", "application/pdf")
    ana.post(f"{EDIT}files/", {"new_files": file})
    kept = ArticleFile.objects.get()
    assert ArticleDraft.objects.get().body.endswith(f"\n\n[guide](file:{kept.pk})\n")


def test_an_empty_file_is_refused_in_words(ana: Client, article: Article) -> None:
    file = SimpleUploadedFile("a.png", b"", "image/png")
    answer = ana.post(f"{EDIT}files/", {"new_files": file}, headers=PART)
    assert answer.status_code == 422
    assert answer.content.decode() == "The selected file is empty"


def test_a_translation_has_the_official_text_beside_it(ana: Client, article: Article) -> None:
    page = ana.get(GERMAN).content.decode()
    assert '<h2 id="official-heading">English: Exports fail</h2>' in page
    assert "Öffnen Sie **Exporte**." in page


def test_a_translation_says_the_official_version_that_its_page_had(
    here: Cast, ana: Client, article: Article
) -> None:
    words = Written("Exports fail", "## Steps\n\nOpen it twice.\n")
    publish_article(article, "en", words, by=here.ben, at=TODAY)
    page = ana.get(GERMAN).content.decode()
    assert "What the official text says otherwise since" in page
    assert "Open it twice." in page
    ana.post(GERMAN, typed(do="publish", body="Zweimal.", based_on="1", source="1"))
    german = current(article, "de")
    assert german.source is not None
    assert (german.source.number, german.by_software) == (1, False)
    assert "outdated" in ana.get("/articles/one/exports-fail/").content.decode()


def test_a_new_language_is_begun_from_the_article(ana: Client, article: Article) -> None:
    led = ana.post("/articles/one/exports-fail/language/", {"language": "fr"})
    assert led.headers["Location"] == "/articles/text/exports-fail/fr/"
    sent = typed(do="publish", title="Les exports échouent", body="Ouvrez.", source="1")
    ana.post(led.headers["Location"], sent)
    assert current(article, "fr").text.slug == "les-exports-echouent"


def test_a_stranger_finds_no_editor(article: Article) -> None:
    assert Client().get(EDIT).status_code == 302
    assert Client().post(f"{EDIT}preview/", typed(), headers=PART).status_code == 401
    assert not ArticleDraft.objects.exists()
