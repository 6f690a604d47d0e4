"""Has texts translated by a machine: ordered by an agent, done in its time, or tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.knowledge.actions.drafts import Written, begin_draft, keep_draft
from answerable.knowledge.actions.publishing import (
    Empty,
    Origin,
    TooLong,
    begin_text,
    publish_article,
)
from answerable.knowledge.actions.telling import tell
from answerable.knowledge.core.slugs import slug_of
from answerable.knowledge.machines.machine import translate
from answerable.knowledge.machines.trouble import NotTranslated
from answerable.knowledge.models import Article, TranslationOrder

State = TranslationOrder.State
MOST_TRIES = 12
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=2)
# While a worker asks the machine, nobody else takes the order; if it dies, it is taken again.
HELD_FOR = timedelta(minutes=15)


@transaction.atomic
def order_translation(
    article: Article, language: str, *, by: Agent | None, at: datetime
) -> TranslationOrder | None:
    """Order the official text in another language; None where there is no official text.

    An order of the same that waits is the one that is there; it is tried again at once.
    """
    text = article.texts.filter(language=article.official).select_related("current").first()
    if text is None or text.current is None or language == article.official:
        return None
    order, is_new = TranslationOrder.objects.get_or_create(
        version=text.current,
        language=language,
        state=State.WAITING,
        defaults={"asked_by": by, "asked_at": at, "next_try_at": at},
    )
    if not is_new and order.tries:
        TranslationOrder.objects.filter(pk=order.pk).update(next_try_at=at)
    tell(article)
    return order


def do_next_order(*, at: datetime) -> TranslationOrder | None:
    """Do the order that waits longest, and return it; None when none is due.

    The machine is asked outside of any transaction; the order is held by its next instant.
    """
    order = _held(at)
    if order is None:
        return None
    try:
        written = _translated(order)
    except NotTranslated as trouble:
        _put_off(order, trouble, at)
    else:
        _done(order, written, at)
    tell(order.version.text.article)
    return order


def cancel_order(order: TranslationOrder, *, at: datetime) -> bool:
    """Give an order up; False when it is not waiting any more."""
    waiting = TranslationOrder.objects.filter(pk=order.pk, state=State.WAITING)
    return bool(waiting.update(state=State.FAILED, ended_at=at))


@transaction.atomic
def _held(at: datetime) -> TranslationOrder | None:
    due = TranslationOrder.objects.filter(state=State.WAITING, next_try_at__lte=at)
    order = due.select_for_update(skip_locked=True).order_by("next_try_at").first()
    if order is None:
        return None
    order.next_try_at = at + HELD_FOR
    order.tries += 1
    order.save(update_fields=["next_try_at", "tries"])
    with_text = TranslationOrder.objects.select_related("version__text__article", "asked_by")
    return with_text.get(pk=order.pk)


def _translated(order: TranslationOrder) -> Written:
    version = order.version
    text = version.text
    if text.language != text.article.official:
        raise NotTranslated("gone")
    said = translate(
        [version.title, version.summary, version.body], text.language, order.language
    )
    title, summary, body = (one.strip("\n") for one in said)
    return Written(title[:200], f"{body}\n", summary[:300])


@transaction.atomic
def _done(order: TranslationOrder, written: Written, at: datetime) -> None:
    """Publish a translation, marked as a machine's; a person's own is not written over.

    Where a person wrote or checked what readers see, it becomes the draft of who ordered it.
    """
    article = order.version.text.article
    text = begin_text(article, order.language, slug_of(written.title))
    try:
        if text.current and not text.current.by_software and order.asked_by:
            draft = begin_draft(text, writer=order.asked_by, at=at, written=written)
            keep_draft(draft, written, at=at)
        elif text.current is None or text.current.by_software:
            origin = Origin(by_software=True, source=order.version)
            publish_article(
                article, order.language, written, by=order.asked_by, at=at, origin=origin
            )
    except (Empty, TooLong):
        _put_off(order, NotTranslated("odd", {"host": ""}), at)
        return
    _end(order, State.DONE, at)


def _put_off(order: TranslationOrder, trouble: NotTranslated, at: datetime) -> None:
    """Try again later, the later the oftener it was tried; or give up."""
    order.reason, order.values = trouble.reason, trouble.values
    if trouble.is_final or order.tries >= MOST_TRIES:
        _end(order, State.FAILED, at)
        return
    wait = min(FIRST_WAIT * 2 ** (order.tries - 1), LONGEST_WAIT)
    told = timedelta(seconds=trouble.after) if trouble.after else wait
    order.next_try_at = at + max(wait, told)
    order.save(update_fields=["reason", "values", "next_try_at"])


def _end(order: TranslationOrder, state: str, at: datetime) -> None:
    order.state, order.ended_at = state, at
    if state == State.DONE:
        order.reason, order.values = "", {}
    order.save(update_fields=["state", "ended_at", "reason", "values"])
