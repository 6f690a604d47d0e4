"""From what somebody types to the passages that answer it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerable.accounts.models import Agent, Contact
from answerable.cast import Cast
from answerable.knowledge import actions
from answerable.knowledge.actions import About, Written
from answerable.knowledge.models import ArticleText, Passage, Posting
from answerable.knowledge.searching import Found, Question, search
from answerable.knowledge.tests.help_centre import open_help_centre, write

MOST_QUERIES = 8


class Ask(Protocol):
    def __call__(
        self,
        words: str,
        language: str = ...,
        *,
        contact: Agent | Contact | None = ...,
        product: str = ...,
        mine_only: bool = ...,
        limit: int = ...,
        as_typed: bool = ...,
    ) -> Found: ...


@pytest.fixture(autouse=True)
def _articles(db: None, at: datetime) -> None:
    open_help_centre(at)


@pytest.fixture
def ask(at: datetime) -> Ask:
    def ask(words: str, language: str = "en", **more: object) -> Found:
        return search(Question(words, language, **more), at)  # type: ignore[arg-type]

    return ask


def slugs(found: Found) -> list[str]:
    return [hit.slug for hit in found.hits]


def test_it_finds_an_article_by_other_forms_of_its_words(ask: Ask) -> None:
    assert slugs(ask("exporting a contact"))[0] == "exports"


def test_it_shows_the_passage_that_answers_with_the_words_marked(ask: Ask) -> None:
    hit = ask("the export fails because the file is too large").hits[0]
    assert hit.anchor == "when-an-export-fails"
    assert "<mark>file</mark>" in hit.passage
    assert "<mark>large</mark>" in hit.passage


def test_it_gives_the_first_as_the_answer_only_if_it_says_most_of_what_was_asked(
    ask: Ask,
) -> None:
    assert ask("forgot my password").answer
    vague = ask("password for the wifi router in the lobby of hotel excelsior")
    assert slugs(vague) == ["sign-in"]
    assert vague.answer is None


@pytest.mark.parametrize("typed", ["E-4012", "e4012", "error E 4012", "what is E_4012?"])
def test_it_puts_the_article_with_the_very_code_first(ask: Ask, typed: str) -> None:
    assert slugs(ask(typed))[0] == "exports"


def test_it_puts_a_code_before_all_other_words(ask: Ask) -> None:
    assert slugs(ask("sign in password link mail E-4013"))[0] == "invoices"


def test_it_finds_what_was_mistyped(ask: Ask) -> None:
    found = ask("exprot")
    assert slugs(found) == ["exports"]
    assert found.corrected == {"exprot": "export"}


@pytest.mark.parametrize("typed", ["inv", "invo", "invoic", "invoices", "your invoi"])
def test_it_finds_what_is_still_being_typed(ask: Ask, typed: str) -> None:
    assert slugs(ask(typed, as_typed=True))[0] == "invoices"


def test_it_takes_a_last_word_for_finished_unless_it_is_being_typed(ask: Ask) -> None:
    assert slugs(ask("invo")) == []
    assert slugs(ask("invo ", as_typed=True)) == []


def test_it_wants_the_words_of_a_phrase_beside_each_other(ask: Ask) -> None:
    assert slugs(ask('"super admin"')) == ["exports"]
    assert slugs(ask('"admin super"')) == []


def test_it_finds_what_the_vendor_says_means_the_same(ask: Ask) -> None:
    assert slugs(ask("receipts")) == []
    groups = [["invoice", "receipt", "statement of account"], ["alone"]]
    assert actions.set_synonyms("en", groups) == 1
    assert slugs(ask("receipts")) == ["invoices"]
    assert slugs(ask("a statement of the account"))[0] == "invoices"


def test_it_says_when_too_little_was_typed(ask: Ask) -> None:
    assert ask("x").too_short
    assert ask("  ").too_short
    assert not ask("xy").too_short


@pytest.mark.parametrize(
    "typed", ["", "?!", "the and of", "zzzzzzz", "%%", "__", "\x00\x00", "\\\\", '""']
)
@pytest.mark.parametrize("as_typed", [True, False])
def test_it_finds_nothing_by_nothing(ask: Ask, typed: str, as_typed: bool) -> None:
    assert ask(typed, as_typed=as_typed).hits == ()


def test_it_finds_articles_in_the_language_of_the_reader(ask: Ask) -> None:
    found = ask("Kontakte exportieren", "de")
    assert [(hit.title, hit.language) for hit in found.hits] == [("Kontakte exportieren", "de")]
    assert found.other_language == ""


def test_it_leads_to_the_same_part_of_a_translation(ask: Ask) -> None:
    assert ask("Datei zu groß", "de").hits[0].anchor == "when-an-export-fails"


def test_it_finds_words_without_their_accents(ask: Ask) -> None:
    assert "<mark>groß</mark>" in ask("datei zu gross", "de").hits[0].passage


def test_it_shows_another_language_when_there_is_none_in_the_readers(ask: Ask) -> None:
    found = ask("invoices", "de")
    assert found.other_language == "en"
    assert slugs(found) == ["invoices"]


def test_it_finds_words_of_a_script_without_spaces(ask: Ask, at: datetime) -> None:
    write("エクスポート", "ファイルが大きすぎます。", at=at, official="ja")
    found = ask("ファイルが大きい", "ja")
    assert "<mark>ファイルが大き</mark>" in found.hits[0].passage


def test_it_leaves_out_what_is_about_another_product(ask: Ask) -> None:
    assert slugs(ask("address", product="service")) == ["sign-in"]
    assert set(slugs(ask("address"))) == {"sign-in", "invoices"}


def test_it_never_shows_what_the_reader_may_not_read(
    ask: Ask, cast: Cast, at: datetime
) -> None:
    write("The hotline", "Call it.", at=at, about=About(plans=("premium",)))
    assert slugs(ask("hotline")) == []
    assert slugs(ask("hotline", contact=cast.tom)) == []
    assert slugs(ask("hotline", contact=cast.dana)) == ["the-hotline"]
    assert slugs(ask("hotline", contact=cast.ana)) == ["the-hotline"]


def test_it_says_when_everything_is_for_other_plans(ask: Ask, cast: Cast, at: datetime) -> None:
    write("Single sign-on", "SAML.", at=at, about=About(available=(("service", "enterprise"),)))
    assert slugs(ask("saml", contact=cast.dana, mine_only=True)) == ["single-sign-on"]
    found = ask("saml", contact=cast.tom, mine_only=True)
    assert slugs(found) == ["single-sign-on"]
    assert found.other_plans
    assert not ask("saml", contact=cast.tom).other_plans


def test_it_escapes_what_articles_say(ask: Ask, at: datetime) -> None:
    write("Tags", "Write `<b>bold</b>` & `<script>alert(1)</script>`.", at=at)
    passage = ask("bold tags").hits[0].passage
    assert "&lt;b&gt;<mark>bold</mark>&lt;/b&gt; &amp;" in passage
    assert "<script" not in passage


def test_it_forgets_what_an_article_said_before(ask: Ask, at: datetime) -> None:
    text = ArticleText.objects.get(slug="invoices")
    later = Written("Invoices", "They are sent by post.")
    actions.publish_article(text.article, "en", later, by=None, at=at)
    assert slugs(ask("month")) == []
    assert slugs(ask("post")) == ["invoices"]


def test_it_does_not_find_a_removed_article_until_it_is_given_back(
    ask: Ask, at: datetime
) -> None:
    text = ArticleText.objects.get(slug="invoices")
    actions.remove_article(text.article, by=None, at=at)
    assert slugs(ask("invoices")) == []
    assert not Posting.objects.filter(text=text).exists()
    assert not Passage.objects.filter(text=text).exists()
    actions.restore_article(text.article, by=None, at=at)
    assert slugs(ask("invoices")) == ["invoices"]


def test_it_is_the_same_after_all_was_indexed_anew(ask: Ask) -> None:
    before = ask("export contacts")
    assert actions.reindex_all() == 4
    assert ask("export contacts") == before


def test_it_asks_the_database_a_few_times_however_much_is_found(
    ask: Ask, cast: Cast, at: datetime
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            ask("exprot settings invoice", contact=cast.dana, limit=20)
        return len(asked)

    queries()  # The stems are known from then on.
    few = queries()
    for number in range(20):
        write(f"Export {number}", "Settings of an export.", at=at)
    assert queries() == few <= MOST_QUERIES


def test_it_finds_what_the_reader_may_read_behind_much_that_they_may_not(
    ask: Ask, cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("answerable.knowledge.ranking.CANDIDATES", 1)
    for number in range(4):
        write(f"Hotline {number}", "Hotline.", at=at, about=About(plans=("premium",)))
    write("Telephones", "There is a hotline.", at=at)
    assert slugs(ask("hotline", limit=1)) == ["telephones"]
    assert slugs(ask("hotline", limit=1, contact=cast.dana)) == ["hotline-0"]
