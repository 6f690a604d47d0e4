"""The list, an article's page, its versions, its address, categories and links."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries, Settings

from answerable.accounts.models import Agent
from answerable.authoring.tests.conftest import TODAY
from answerable.cast import Cast
from answerable.knowledge.actions import (
    About,
    Feedback,
    Written,
    add_article,
    change_facts,
    look_at_links,
    publish_article,
    vote,
)
from answerable.knowledge.actions.facts import facts_of
from answerable.knowledge.models import (
    Article,
    ArticleDraft,
    Category,
    OldAddress,
    SynonymGroup,
)
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Opening, Sender

ONE = "/articles/one/exports-fail/"


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_help_centre_says_what_to_do(ana: Client) -> None:
    page = shown(ana, "/articles/")
    assert "There is no article yet." in page
    assert 'href="/articles/new/"' in page


def test_an_article_is_begun_as_a_draft_that_nobody_reads(ana: Client, here: Cast) -> None:
    answer = ana.post("/articles/new/", {"title": "Reset a password", "language": "en"})
    assert answer.headers["Location"] == "/articles/text/reset-a-password/en/"
    article = Article.objects.get()
    assert (article.owner, article.texts.get().current) == (here.ana, None)
    assert ArticleDraft.objects.get().title == "Reset a password"
    assert "not published" in shown(ana, "/articles/one/reset-a-password/")
    assert ana.post("/articles/new/", {"title": "", "language": "en"}).status_code == 422


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ("", True),
        ("?q=exports", True),
        ("?q=Exporte+schlagen", True),
        ("?q=nothing", False),
        ("?state=published", True),
        ("?state=drafts", False),
        ("?state=removed", False),
        ("?language=de", True),
        ("?language=fr", False),
        ("?missing=fr", True),
        ("?missing=de", False),
        ("?needs=unchecked", True),
        ("?needs=outdated", False),
        ("?needs=review", False),
        ("?needs=links", False),
        ("?needs=unhelpful", False),
        ("?needs=owner", False),
        ("?owner=me", True),
        ("?owner=999999", False),
        ("?state=nonsense&page=x&language=<script>", True),
    ],
)
def test_the_list_shows_what_is_asked_for(
    asked: str, is_there: bool, ana: Client, article: Article
) -> None:
    page = shown(ana, f"/articles/{asked}")
    assert ("Exports fail</bdi>" in page) is is_there
    assert ("No article matches." in page) is not is_there


def test_the_list_finds_what_needs_somebody(here: Cast, ana: Client, article: Article) -> None:
    words = Written("Exports fail", "See [x](/help/en/nowhere/).")
    english = publish_article(article, "en", words, by=here.ana, at=TODAY)
    yesterday = localdate() - timedelta(days=1)
    change_facts(article, About(review_on=yesterday), by=here.ana, at=TODAY)
    look_at_links(at=TODAY)
    for number in range(5):
        feedback = Feedback(helpful=number == 0)
        vote(english, feedback, contact=None, token=f"t{number}", at=TODAY)
    for needs in ("review", "outdated", "links", "unhelpful", "owner"):
        assert "Exports fail</bdi>" in shown(ana, f"/articles/?needs={needs}"), needs
    page = shown(ana, ONE)
    assert "There is no article at /help/en/nowhere/." in page
    assert "Helpful: 1 · not helpful: 4" in page
    assert "It was to be reviewed by" in page


def test_the_list_asks_the_same_number_of_questions_for_any_length(
    here: Cast,
    ana: Client,
    article: Article,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        made = add_article(f"Another {number}", by=here.ana, at=TODAY)
        publish_article(made, "en", Written("Another", "Text"), by=here.ana, at=TODAY)
    with django_assert_max_num_queries(16):
        shown(ana, "/articles/")


def test_facts_are_changed_and_the_text_stays(
    here: Cast, ana: Client, article: Article
) -> None:
    before = article.texts.get(language="en").current_id
    sent = {
        "owner": here.ben.pk,
        "review_on": "2027-01-31",
        "products": "service, smart_crm",
        "available": "service enterprise\nsales",
        "plans": ["premium"],
    }
    assert ana.post(f"{ONE}facts/", sent).status_code == 302
    article.refresh_from_db()
    facts = facts_of(article)
    assert (facts.owner, facts.products, facts.plans) == (
        here.ben,
        ("service", "smart_crm"),
        ("premium",),
    )
    assert facts.available == (("service", "enterprise"), ("sales", ""))
    assert article.texts.get(language="en").current_id == before
    assert "only customers of premium" in shown(ana, ONE)
    refused = ana.post(f"{ONE}facts/", {"products": "Not a key!"})
    assert refused.status_code == 422
    assert "is no key of a product" in refused.content.decode()


def test_an_article_is_removed_and_given_back(ana: Client, article: Article) -> None:
    ana.post(f"{ONE}remove/", {})
    article.refresh_from_db()
    assert article.removed_at
    assert "Removed" in shown(ana, ONE)
    assert "Exports fail</bdi>" in shown(ana, "/articles/?state=removed")
    ana.post(f"{ONE}restore/")
    article.refresh_from_db()
    assert article.removed_at is None


def test_a_text_that_moves_leaves_a_way(here: Cast, ana: Client, article: Article) -> None:
    address = "/articles/text/exports-fail/en/address/"
    ana.post(address, {"slug": "Exports that fail"})
    assert article.texts.get(language="en").slug == "exports-that-fail"
    assert OldAddress.objects.get().slug == "exports-fail"
    other = add_article("Other", by=here.ana, at=TODAY)
    publish_article(other, "en", Written("Other", "Text"), by=here.ana, at=TODAY)
    refused = ana.post(address, {"slug": "other"})
    assert refused.status_code == 422
    assert "Another article is found there." in refused.content.decode()


def test_versions_say_what_changed_and_one_of_before_can_be_had_again(
    here: Cast, ana: Client, article: Article
) -> None:
    words = Written("Exports fail", "## Steps\n\nOpen it twice.\n", note="Twice")
    publish_article(article, "en", words, by=here.ben, at=TODAY)
    base = "/articles/text/exports-fail/en/versions/"
    listed = shown(ana, base)
    assert "Ben Adler" in listed
    assert "Twice" in listed
    second = shown(ana, f"{base}2/")
    assert "<ins>Open it twice.</ins>" in second
    assert "<del>Open **Exports**.</del>" in second
    assert shown(ana, f"{base}1/?to=2")
    assert ana.get(f"{base}9/").status_code == 404
    led = ana.post(f"{base}1/restore/")
    assert led.headers["Location"] == "/articles/text/exports-fail/en/"
    assert "Open **Exports**." in ArticleDraft.objects.get().body


def test_a_person_says_that_a_translation_was_checked(
    here: Cast, ana: Client, article: Article
) -> None:
    assert "I checked this translation" in shown(ana, ONE)
    checked = "/articles/text/exports-fail/de/checked/"
    ana.post(checked, {"number": "7"})
    assert "by software, not checked" in shown(ana, ONE)
    ana.post(checked, {"number": "1"})
    page = shown(ana, ONE)
    assert "by software, checked" in page
    assert here.ana.name in page


def test_without_a_machine_none_is_offered(ana: Client, article: Article) -> None:
    assert "Translate with" not in shown(ana, ONE)
    ana.post("/articles/text/exports-fail/fr/translate/")
    assert "No machine is set up to translate" in shown(ana, ONE)


def test_with_a_machine_a_translation_is_ordered_and_cancelled(
    ana: Client, article: Article, settings: Settings
) -> None:
    settings.ANSWERABLE_TRANSLATION_URL = "https://translate.example"
    assert "Translate with LibreTranslate" in shown(ana, ONE)
    ana.post("/articles/text/exports-fail/de/translate/")
    assert "A machine is to translate it." in shown(ana, ONE)
    ana.post("/articles/text/exports-fail/de/translate/cancel/")
    assert "A machine is to translate it." not in shown(ana, ONE)


def test_administrators_change_categories_and_agents_see_them(
    ana: Client, ida: Client, article: Article
) -> None:
    assert "Administrators change them." in shown(ana, "/articles/categories/")
    assert ana.get("/articles/categories/new/").status_code == 403
    assert ana.post("/articles/categories/new/", {"name_en": "X"}).status_code == 403
    ida.post("/articles/categories/new/", {"name_en": "Billing", "name_de": "Abrechnung"})
    billing = Category.objects.get(key="billing")
    assert billing.position == 1
    ida.post(f"/articles/categories/{billing.pk}/place/", {"to": "up"})
    billing.refresh_from_db()
    assert billing.position == 0
    ida.post(f"/articles/categories/{billing.pk}/", {"name_en": "Invoices"})
    assert billing.names.get(language="en").name == "Invoices"
    assert ida.post(f"/articles/categories/{billing.pk}/", {"name_en": ""}).status_code == 422
    ida.post(f"/articles/categories/{billing.pk}/delete/")
    assert not Category.objects.filter(key="billing").exists()


def test_links_that_lead_nowhere_are_listed(here: Cast, ana: Client, article: Article) -> None:
    assert "No link leads nowhere." in shown(ana, "/articles/links/")
    words = Written("Exports fail", "[x](/help/en/nowhere/)")
    publish_article(article, "en", words, by=here.ana, at=TODAY)
    ana.post("/articles/links/look/")
    assert "/help/en/nowhere/" in shown(ana, "/articles/links/")


def test_an_answer_becomes_a_draft_that_names_nobody(here: Cast, ana: Client) -> None:
    ticket = tickets.open_ticket(
        Opening(
            sender=Sender(contact=here.dana),
            subject="Exports fail for Nordwind",
            body="They fail.",
            channel="form",
        ),
        at=TODAY,
    )
    page = f"/articles/from-ticket/{ticket.pk}/"
    assert ana.get(page).status_code == 404
    words = "Hi Dana,\n\nopen **Exports** and mail dana@nordwind.example the id 1234567.\n"
    tickets.answer(ticket, agent=here.ben, body=words, seen=2**62, at=TODAY)
    first = shown(ana, page)
    assert "<del><bdi>Dana</bdi></del>" in first
    assert "Hi [name],\n\nopen **Exports** and mail [email address] the id [number]." in first
    sent = {"title": "Exports fail", "language": "en", "body": "Open **Exports**."}
    led = ana.post(page, sent)
    assert led.headers["Location"] == "/articles/text/exports-fail/en/"
    assert ArticleDraft.objects.get().body == "Open **Exports**."
    assert f"/articles/from-ticket/{ticket.pk}/" in shown(ana, f"/desk/tickets/{ticket.pk}/")


def test_words_that_mean_the_same_are_kept_by_language(ana: Client, article: Article) -> None:
    sent = {"en": "sign in, log in, login\nalone\n", "de": "Rechnung, Faktura"}
    ana.post("/articles/synonyms/", sent)
    kept = SynonymGroup.objects.order_by("language").values_list("language", "words")
    assert list(kept) == [
        ("de", ["Rechnung", "Faktura"]),
        ("en", ["sign in", "log in", "login"]),
    ]
    assert "sign in, log in, login" in shown(ana, "/articles/synonyms/")
    ana.post("/articles/synonyms/", {"en": ""})
    assert SynonymGroup.objects.get().language == "de"


def test_every_agent_may_write_and_no_customer(here: Cast, article: Article) -> None:
    assert here.ana.role == Agent.Role.AGENT
    assert Client().get("/articles/").status_code == 302
