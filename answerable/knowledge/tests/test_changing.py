"""What happens to articles beside their words: facts, addresses, removal, categories, votes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.knowledge.actions import (
    About,
    Feedback,
    SlugTaken,
    Written,
    add_article,
    add_category,
    change_facts,
    lead_on,
    move,
    name_category,
    place_category,
    publish_article,
    remember_reading,
    remove_article,
    remove_category,
    restore_article,
    vote,
)
from answerable.knowledge.actions.facts import facts_of, put_in
from answerable.knowledge.models import (
    Article,
    ArticleChange,
    ArticleVersion,
    ArticleVote,
    Category,
    OldAddress,
)
from answerable.knowledge.queries.reading import asked_for
from answerable.live.models import LiveEvent
from answerable.tickets.actions import Opening, Sender, open_ticket


def test_each_fact_that_changes_is_a_line_with_who_changed_it(
    english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    article = english.text.article
    shelf = add_category("Support", {"en": "Support"})
    about = replace(
        facts_of(article), category=shelf, plans=("premium",), review_on=date(2026, 3, 1)
    )
    changed = change_facts(article, about, by=cast.lena, at=at)
    assert set(changed) == {"category", "plans", "review_on"}
    lines = {one.what: one for one in ArticleChange.objects.exclude(what="added")}
    assert (lines["plans"].before, lines["plans"].after) == ([], ["premium"])
    assert lines["review_on"].after == "2026-03-01"
    assert {(one.by, one.at) for one in lines.values()} == {(cast.lena, at)}
    assert facts_of(Article.objects.get(pk=article.pk)) == about
    assert change_facts(article, about, by=cast.lena, at=at) == ()


def test_open_pages_of_agents_are_told(
    english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    LiveEvent.objects.all().delete()
    article = english.text.article
    put_in(article, add_category("Support", {"en": "Support"}), by=cast.ana, at=at)
    topics = set(LiveEvent.objects.values_list("topic", flat=True))
    assert topics == {"articles-all", f"articles-{article.pk}"}


def test_an_address_of_before_leads_on(
    english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    text = move(english.text, "Contact us", by=cast.ana, at=at)
    assert text.slug == "contact-us"
    assert asked_for(None, "en", "contact-premium-support", at).moved_to == text
    move(text, "contact-premium-support", by=cast.ana, at=at)
    assert asked_for(None, "en", "contact-premium-support", at).text == text
    assert asked_for(None, "en", "contact-us", at).moved_to == text


def test_an_address_that_another_article_has_is_refused(
    english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    other = add_article("Other", at=at)
    version = publish_article(other, "en", Written("Other", "Words"), by=cast.ana, at=at)
    with pytest.raises(SlugTaken) as raised:
        move(version.text, "contact-premium-support", by=cast.ana, at=at)
    assert raised.value.text == english.text


def test_a_new_article_takes_over_an_address_of_before(
    english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    lead_on(english.text.article, "en", "other")
    version = publish_article(
        add_article("Other", at=at), "en", Written("Other", "Words"), by=cast.ana, at=at
    )
    assert asked_for(None, "en", "other", at).text == version.text
    assert not OldAddress.objects.exists()


def test_an_old_address_tells_nobody_what_they_may_not_read(
    english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    article = english.text.article
    move(english.text, "contact-us", by=cast.ana, at=at)
    about = replace(facts_of(article), plans=("premium",))
    change_facts(article, about, by=cast.ana, at=at)
    assert asked_for(cast.tom, "en", "contact-premium-support", at).moved_to is None
    assert asked_for(cast.dana, "en", "contact-premium-support", at).moved_to == english.text


def test_what_was_removed_is_told_and_can_come_back(
    english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    article = english.text.article
    assert remove_article(article, by=cast.ana, at=at)
    assert not remove_article(article, by=cast.ana, at=at + timedelta(days=1))
    found = asked_for(None, "en", "contact-premium-support", at)
    assert found.removed == english.text
    assert article.removed_at == at
    assert restore_article(article, by=cast.ana, at=at)
    assert not restore_article(article, by=cast.ana, at=at)
    assert asked_for(None, "en", "contact-premium-support", at).text == english.text


def test_shelves_are_named_placed_and_taken_away(
    english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    first = add_category("First", {"en": "First", "de": "Erstes"})
    second = add_category("Second", {"en": "Second"}, says={"en": "What comes then."})
    assert add_category("first", {"en": "The first"}) == first
    assert first.names.get(language="en").name == "The first"
    name_category(second, "de", "Zweites")
    place_category(second, 0)
    assert list(Category.objects.order_by("position")) == [second, first]
    put_in(english.text.article, second, by=cast.ana, at=at)
    remove_category(second)
    assert Article.objects.get(pk=english.text.article.pk).category is None


def test_a_vote_is_somebodys(english: ArticleVersion, at: datetime) -> None:
    with pytest.raises(ValueError, match="somebody"):
        vote(english, Feedback(helpful=True), contact=None, at=at)


def test_each_version_is_voted_on_anew(
    article: Article, english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    vote(english, Feedback(helpful=False, reason="hard"), contact=cast.dana, at=at)
    newer = publish_article(article, "en", Written("Title", "Better"), by=cast.ana, at=at)
    vote(newer, Feedback(helpful=True), contact=cast.dana, at=at)
    assert ArticleVote.objects.count() == 2


def test_what_was_read_before_a_ticket_is_kept_once(
    english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    opening = Opening(sender=Sender(contact=cast.dana), body="Help", channel="form")
    ticket = open_ticket(opening, at=at)
    first = remember_reading(ticket, english, searched="call", at=at)
    assert remember_reading(ticket, english, at=at) == first
    assert (first.searched, first.version) == ("call", english)


def test_an_article_is_made_with_what_is_known_of_it(cast: Cast, at: datetime) -> None:
    about = About(owner=cast.ben, available=(("service", "enterprise"),))
    one, other = (add_article("Same key", about=about, by=cast.ben, at=at) for _ in range(2))
    assert (one.key, other.key) == ("same-key", "same-key-2")
    assert facts_of(one) == about
