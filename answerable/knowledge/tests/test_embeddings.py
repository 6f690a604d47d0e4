"""Search by meaning, where a service makes embeddings; and that nothing depends on it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from answerable.knowledge import embeddings
from answerable.knowledge.actions import embed_passages
from answerable.knowledge.core.fusion import fused
from answerable.knowledge.searching import Found, Question, search
from answerable.knowledge.tests.help_centre import open_help_centre
from answerable.lib.outbound.deciding import allowed_by
from answerable.lib.tests.web import Handler, Web, serving

# What the double takes for the same: bills and invoices, and nothing else.
BILLS = ("bill", "invoice", "billing", "owe")


def meaning(text: str) -> list[float]:
    is_bill = any(word in text.lower() for word in BILLS)
    return [1.0, 0.0, 0.1] if is_bill else [0.0, 1.0, 0.1]


def as_openai(handler: Handler) -> None:
    texts = json.loads(handler.server.web.bodies[-1])["input"]
    data = [{"index": place, "embedding": meaning(text)} for place, text in enumerate(texts)]
    handler.send(200, json.dumps({"data": data[::-1]}).encode())


def as_ollama(handler: Handler) -> None:
    texts = json.loads(handler.server.web.bodies[-1])["input"]
    handler.send(200, json.dumps({"embeddings": [meaning(text) for text in texts]}).encode())


@pytest.fixture
def web(db: None, at: datetime, tmp_path: Path, settings: Settings) -> Iterator[Web]:
    """A service on this machine; the help centre is there, and not embedded yet."""
    open_help_centre(at)
    embeddings._of_question.cache_clear()
    embeddings._rests_until = 0.0
    with serving(tmp_path, tls=False) as web:
        web.pages |= {"/v1/embeddings": as_openai, "/api/embed": as_ollama}
        settings.ANSWERABLE_OUTBOUND_ALLOW = allowed_by([web.origin])
        settings.ANSWERABLE_EMBEDDINGS_URL = f"{web.origin}/v1/embeddings"
        settings.ANSWERABLE_EMBEDDINGS_MODEL = "double"
        yield web
    embeddings._rests_until = 0.0


def found(at: datetime, words: str = "what do I owe you", *, as_typed: bool = False) -> Found:
    return search(Question(words, "en", as_typed=as_typed), at)


def titles(found: Found) -> list[str]:
    return [hit.title for hit in found.hits]


@pytest.mark.parametrize("path", ["/v1/embeddings", "/api/embed"])
def test_it_finds_what_means_the_same(
    web: Web, at: datetime, settings: Settings, path: str
) -> None:
    settings.ANSWERABLE_EMBEDDINGS_URL = web.origin + path
    assert titles(found(at)) == []
    assert embed_passages() > 0
    assert titles(found(at)) == ["Invoices"]
    assert found(at).answer is None
    assert embed_passages() == 0


def test_words_and_meaning_count_together_and_codes_before_both(web: Web, at: datetime) -> None:
    embed_passages()
    assert titles(found(at, "the address of my bill"))[0] == "Invoices"
    assert titles(found(at, "bill E-4012"))[0] == "Exports"


def test_it_asks_the_service_with_a_key_and_once_for_the_same_question(
    web: Web, at: datetime, settings: Settings
) -> None:
    settings.ANSWERABLE_EMBEDDINGS_KEY = "secret"
    embed_passages()
    before = len(web.asked)
    found(at)
    found(at)
    assert len(web.asked) == before + 1
    assert web.asked[-1][2]["Authorization"] == "Bearer secret"


def test_nobody_is_asked_while_a_question_is_typed(web: Web, at: datetime) -> None:
    embed_passages()
    before = len(web.asked)
    found(at, "invoi", as_typed=True)
    assert len(web.asked) == before


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b'{"data": [{"index": 0, "embedding": ["x"]}]}', b'{"data": []}'],
)
def test_search_goes_by_words_when_the_service_says_nonsense(
    web: Web, at: datetime, body: bytes
) -> None:
    embed_passages()
    web.put("/v1/embeddings", body)
    assert titles(found(at, "invoices")) == ["Invoices"]


def test_a_silent_service_is_left_alone_for_a_while(web: Web, at: datetime) -> None:
    embed_passages()
    web.put("/v1/embeddings", b"", status=503)
    before = len(web.asked)
    assert titles(found(at, "invoices")) == ["Invoices"]
    assert titles(found(at, "sign in")) == ["Sign in"]
    assert len(web.asked) == before + 1


def test_another_model_embeds_all_anew(web: Web, at: datetime, settings: Settings) -> None:
    first = embed_passages()
    settings.ANSWERABLE_EMBEDDINGS_MODEL = "another"
    assert titles(found(at)) == []
    assert embed_passages() == first
    assert titles(found(at)) == ["Invoices"]


def test_nothing_is_made_without_a_service(db: None, at: datetime) -> None:
    open_help_centre(at)
    assert embed_passages() == 0
    assert not embeddings.is_there()
    assert titles(found(at, "invoices")) == ["Invoices"]


def test_search_goes_by_words_where_the_extension_may_not_be_created(
    web: Web, at: datetime
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE weak NOLOGIN")
        cursor.execute("GRANT USAGE, CREATE ON SCHEMA public TO weak")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO weak")
        cursor.execute("SET LOCAL ROLE weak")
        assert embed_passages() == 0
        assert titles(found(at, "invoices")) == ["Invoices"]
        cursor.execute("RESET ROLE")
    assert not embeddings.is_there()


ORDERS = st.lists(st.lists(st.integers(0, 20), max_size=10), max_size=3)


@given(ORDERS)
def test_fusing_keeps_everything_once(orders: list[list[int]]) -> None:
    found = fused(orders)
    assert len(found) == len(set(found))
    assert set(found) == {key for order in orders for key in order}


@given(st.lists(st.integers(0, 20), unique=True, max_size=10))
def test_fusing_an_order_with_itself_changes_nothing(order: list[int]) -> None:
    assert fused([order, order]) == order
    assert fused([order, []]) == order
