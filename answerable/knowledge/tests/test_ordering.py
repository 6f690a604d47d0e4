"""An official text is translated by a machine: in its time, and marked as such."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from pytest_django import Settings

from answerable.cast import Cast
from answerable.knowledge.actions import (
    Written,
    cancel_order,
    check_translation,
    do_next_order,
    order_translation,
    publish_article,
)
from answerable.knowledge.machines.machine import Limits, batches, translate
from answerable.knowledge.machines.trouble import NotTranslated, why
from answerable.knowledge.models import Article, ArticleDraft, ArticleVersion, TranslationOrder
from answerable.knowledge.tests.machines import KEY, deepl, libretranslate, refusing
from answerable.lib.tests.web import Web, allowed_web

State = TranslationOrder.State
MINUTE = timedelta(minutes=1)


@pytest.fixture
def web(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    with allowed_web(tmp_path, settings, monkeypatch) as served:
        yield served


@pytest.fixture
def libre(web: Web, settings: Settings) -> Web:
    settings.ANSWERABLE_TRANSLATION_URL = libretranslate(web)
    settings.ANSWERABLE_TRANSLATION_KEY = KEY
    return web


@pytest.fixture
def deep(web: Web, settings: Settings) -> Web:
    settings.ANSWERABLE_TRANSLATION_URL = deepl(web)
    settings.ANSWERABLE_TRANSLATION_KIND = "deepl"
    settings.ANSWERABLE_TRANSLATION_KEY = KEY
    return web


def german_of(article: Article) -> ArticleVersion | None:
    text = article.texts.filter(language="de").select_related("current").first()
    return text.current if text else None


def done(order: TranslationOrder | None, at: datetime) -> TranslationOrder:
    assert order is not None
    do_next_order(at=at)
    order.refresh_from_db()
    return order


@pytest.mark.parametrize("kind", ["libre", "deep"])
def test_it_publishes_what_the_machine_says_as_a_machines(
    kind: str, request: pytest.FixtureRequest, english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    request.getfixturevalue(kind)
    article = english.text.article
    order = done(order_translation(article, "de", by=cast.ana, at=at), at)
    german = german_of(article)
    assert order.state == State.DONE
    assert german is not None
    assert (german.title, german.by_software, german.source) == (
        "CONTACT PREMIUM SUPPORT",
        True,
        english,
    )
    assert (
        german.body == "## CHANNELS\n\nUSE THE FORM.\n\n## RESPONSE TIMES\n\n{promise table}\n"
    )
    assert german.text.slug == "contact-premium-support"


def test_it_is_no_machines_any_more_once_a_person_has_checked_it(
    libre: Web, english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    done(order_translation(english.text.article, "de", by=cast.ana, at=at), at)
    german = german_of(english.text.article)
    assert german is not None
    assert check_translation(german, by=cast.ben, at=at)
    german.refresh_from_db()
    assert (german.by_software, german.checked_by) == (False, cast.ben)


def test_it_makes_a_draft_where_a_person_wrote_the_translation(
    libre: Web, english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    article = english.text.article
    mine = publish_article(article, "de", Written("Meins", "Von Hand."), by=cast.ben, at=at)
    done(order_translation(article, "de", by=cast.ana, at=at), at)
    assert german_of(article) == mine
    assert ArticleDraft.objects.get(writer=cast.ana).body.startswith("## CHANNELS")


def test_an_order_is_placed_once(english: ArticleVersion, cast: Cast, at: datetime) -> None:
    article = english.text.article
    first = order_translation(article, "de", by=cast.ana, at=at)
    assert order_translation(article, "de", by=cast.ben, at=at) == first
    assert order_translation(article, "en", by=cast.ana, at=at) is None


@pytest.mark.parametrize(
    ("answer", "waits"),
    [
        ((429, "busy"), timedelta(seconds=90)),
        ((456, "quota"), timedelta(days=1)),
        ((503, "away"), timedelta(seconds=90)),
    ],
)
def test_it_asks_again_later(
    answer: tuple[int, str],
    waits: timedelta,
    deep: Web,
    english: ArticleVersion,
    cast: Cast,
    at: datetime,
) -> None:
    status, reason = answer
    deep.pages["/v2/translate"] = refusing(status, Retry_After="90")
    order = done(order_translation(english.text.article, "de", by=cast.ana, at=at), at)
    assert (order.state, order.reason) == (State.WAITING, reason)
    assert order.next_try_at == at + waits
    assert "localhost" in why(order.reason, order.values)
    assert do_next_order(at=at + MINUTE) is None
    deepl(deep)
    assert done(order, order.next_try_at).state == State.DONE


@pytest.mark.parametrize("kind", ["libre", "deep"])
def test_it_gives_up_at_once_where_the_key_is_wrong(
    kind: str,
    request: pytest.FixtureRequest,
    settings: Settings,
    english: ArticleVersion,
    cast: Cast,
    at: datetime,
) -> None:
    request.getfixturevalue(kind)
    settings.ANSWERABLE_TRANSLATION_KEY = "wrong"
    order = done(order_translation(english.text.article, "de", by=cast.ana, at=at), at)
    assert (order.state, order.reason) == (State.FAILED, "key")
    assert german_of(english.text.article) is None


def test_it_gives_up_in_the_end(
    deep: Web, english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    deep.pages["/v2/translate"] = refusing(500)
    order = order_translation(english.text.article, "de", by=cast.ana, at=at)
    assert order is not None
    times = []
    while order.state == State.WAITING:
        times.append(order.next_try_at)
        order = done(order, order.next_try_at)
    assert len(times) == 12
    waits = [after - before for before, after in pairwise(times)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=2)


def test_an_order_is_not_done_when_it_is_cancelled(
    libre: Web, english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    order = order_translation(english.text.article, "de", by=cast.ana, at=at)
    assert order is not None
    assert cancel_order(order, at=at)
    assert do_next_order(at=at) is None
    assert not cancel_order(order, at=at)


def test_without_a_machine_it_says_so(
    english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    order = done(order_translation(english.text.article, "de", by=cast.ana, at=at), at)
    assert (order.state, order.reason) == (State.FAILED, "none")


def test_it_keeps_the_words_that_stay(libre: Web, settings: Settings) -> None:
    settings.ANSWERABLE_TRANSLATION_KEEP = ["Super Admin"]
    assert translate(["Ask a Super Admin."], "en", "de") == ["ASK A Super Admin."]


def test_it_asks_for_long_texts_in_requests_that_the_machine_takes(libre: Web) -> None:
    long = " ".join(f"This is sentence number {number} of many." for number in range(300))
    assert translate([long], "en", "de") == [long.upper()]
    assert len(libre.bodies) > 5


def test_it_says_that_a_language_is_not_known(libre: Web) -> None:
    with pytest.raises(NotTranslated) as trouble:
        translate(["Words"], "en", "xx")
    assert str(trouble.value) == "localhost does not translate from en to xx."


def test_it_asks_deepl_for_a_region_where_it_must(deep: Web) -> None:
    assert translate(["Worte"], "de", "en") == ["WORTE"]
    assert translate(["Words"], "en-us", "pt-br") == ["WORDS"]


@pytest.mark.parametrize("answer", [b"{}", b"[]", b"no json", b'{"translations": [], "x": 1}'])
def test_it_does_not_take_anything_for_a_translation(deep: Web, answer: bytes) -> None:
    deep.put("/v2/translate", answer)
    with pytest.raises(NotTranslated, match="no translation"):
        translate(["Words"], "en", "de")


def test_it_puts_what_fits_into_a_request() -> None:
    assert list(batches(["aa", "b", "cccc", "d"], Limits(2, 4))) == [
        ["aa", "b"],
        ["cccc"],
        ["d"],
    ]
