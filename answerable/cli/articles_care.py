"""`answerable articles links`, `translate` and `check`: what articles need, and machines do."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.timezone import localdate, localtime, now

from answerable.cli.articles_import import agent_named
from answerable.cli.progress import Progress
from answerable.cli.say import say
from answerable.cli.wrong import Wrong
from answerable.knowledge import caring
from answerable.knowledge.actions import (
    ask_outside,
    do_next_order,
    look_at_links,
    order_translation,
    outside_left,
    reindex_all,
)
from answerable.knowledge.core.imported import language_of
from answerable.knowledge.linking import why
from answerable.knowledge.machines import trouble
from answerable.knowledge.machines.machine import machine
from answerable.knowledge.models import Article, ArticleLink, ArticleText, TranslationOrder

# Between two questions to the same site.
PAUSE = 1.0
State = TranslationOrder.State


def links(options: argparse.Namespace) -> int:
    """Look at all links, and print those that lead nowhere; return 1 when there are some."""
    look_at_links(at=now())
    if options.outside:
        _ask_outside()
    broken = ArticleLink.objects.exclude(reason="").select_related("text__article")
    for link in broken.order_by("text__article__key", "text__language", "target"):
        since = f", since {localtime(link.since):%Y-%m-%d}" if link.since else ""
        say(f"{link.text.article.key} ({link.text.language}): {link.target}{since}")
        say(f"    {why(link.reason, link.values)}")
    count = broken.count()
    say(f"{count} {'link leads' if count == 1 else 'links lead'} nowhere.")
    return 1 if count else 0


def _ask_outside() -> None:
    left = outside_left(at=now())
    progress, done = Progress("Asking", left), 0
    while done < left:
        # One page of each site at a time, and a pause: others need those sites, too.
        asked = ask_outside(at=now(), of_a_host=1)
        if not asked:
            break
        progress.is_at(done := done + asked)
        time.sleep(PAUSE)
    progress.end()


def translate(options: argparse.Namespace) -> int:
    """Order translations, wait for them, and say what became of each."""
    language, by = language_of(options.language), agent_named(options.agent)
    if not language:
        raise Wrong(f"{options.language} is no language like de or pt-br.")
    articles = list(_chosen(options, language))
    if options.tries:
        for article in articles:
            say(article.key)
        say(f"{len(articles)} would be translated. Nothing was done: this was a try.")
        return 0
    if machine() is None:
        raise Wrong(str(trouble.WORDS["none"]))
    orders = [order_translation(article, language, by=by, at=now()) for article in articles]
    return _wait_for([order for order in orders if order])


def _chosen(options: argparse.Namespace, language: str) -> Iterator[Article]:
    articles: QuerySet[Article] = caring.there().order_by("key")
    if options.keys:
        found = articles.in_bulk(options.keys, field_name="key")
        if missing := [key for key in options.keys if key not in found]:
            raise Wrong(f"There is no article with the key {missing[0]}.")
        yield from found.values()
    if options.missing:
        yield from caring.untranslated(articles, language)
    if options.outdated:
        texts = caring.outdated_texts().filter(language=language, current__by_software=True)
        yield from articles.filter(texts__in=texts)
    if not (options.keys or options.missing or options.outdated):
        raise Wrong("Name articles by their keys, or take --missing or --outdated.")


def _wait_for(orders: list[TranslationOrder]) -> int:
    progress = Progress("Translating", len(orders))
    mine = TranslationOrder.objects.filter(pk__in=[order.pk for order in orders])
    while do_next_order(at=now()):
        progress.is_at(mine.exclude(state=State.WAITING).count())
    progress.is_at(mine.exclude(state=State.WAITING).count())
    progress.end()
    for order in mine.exclude(state=State.DONE).select_related("version__text__article"):
        state = "waits" if order.state == State.WAITING else "given up"
        reason = trouble.why(order.reason, order.values) if order.reason else ""
        say(f"{order.version.text.article.key}: {state}. {reason}".rstrip())
    done = mine.filter(state=State.DONE).count()
    say(f"{done} of {len(orders)} translated. What waits is done by: answerable work")
    return 0 if done == len(orders) else 1


def check(options: argparse.Namespace) -> int:
    """Say which articles need somebody; return 1 when there are some."""
    articles = caring.there()
    found = {
        "Review is due": caring.due_for_review(articles, localdate()),
        "A translation is outdated": caring.outdated(articles),
        "A translation by software was not checked": caring.unchecked(articles),
        "Nobody owns it": caring.without_owner(articles),
        "A link leads nowhere": caring.with_broken_links(articles),
        "More people found it unhelpful than helpful": caring.unhelpful(articles),
    }
    needs = 0
    for words, those in found.items():
        keys = list(those.order_by("key").values_list("key", flat=True))
        needs += len(keys)
        if keys:
            say(f"{words}: {', '.join(keys)}")
    published = ArticleText.objects.filter(current__isnull=False, article__removed_at=None)
    say(f"{articles.count()} articles, {published.count()} texts that readers see.")
    return 1 if needs else 0


def index(options: argparse.Namespace) -> int:
    """Index all texts anew, and say how many there are."""
    count = reindex_all()
    say(f"{count} {'text is' if count == 1 else 'texts are'} indexed.")
    return 0
