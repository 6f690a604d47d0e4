"""Embeddings: numbers that a model of the vendor's choice makes of a text's meaning.

A service is asked by HTTP, as OpenAI's or Ollama's. Nothing depends on it: while there is none,
or it does not answer, search goes by words alone.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection

from answerable.lib.outbound.client import Ask, client
from answerable.lib.outbound.words import Refused, Unfetched

QUESTION_SECONDS = 0.3  # a reader waits meanwhile
JOB_SECONDS = 60.0
REST_SECONDS = 30.0  # for which a silent service is left alone by readers
MOST_BYTES = 32_000_000
MOST_NUMBERS = 4096
OLLAMA = "/api/embed"

_rests_until = 0.0


class NoEmbeddings(Exception):
    """The service is silent, or what it says is no embedding."""


def is_wanted() -> bool:
    """Say whether a service is named."""
    return bool(settings.ANSWERABLE_EMBEDDINGS_URL)


def embedded(texts: Sequence[str], seconds: float = JOB_SECONDS) -> list[list[float]]:
    """Return the embedding of each text. Raises NoEmbeddings."""
    ask = Ask(
        url=settings.ANSWERABLE_EMBEDDINGS_URL,
        method="POST",
        headers=_headers(),
        body=json.dumps({"model": model(), "input": list(texts)}).encode(),
        most_bytes=MOST_BYTES,
        seconds=seconds,
    )
    try:
        answer = client().fetch(ask)
        found = _read(json.loads(answer.body)) if answer.status == 200 else []
    except (Refused, Unfetched, ValueError, KeyError, TypeError) as error:
        raise NoEmbeddings(str(error)) from error
    if len(found) != len(texts) or not all(0 < len(one) <= MOST_NUMBERS for one in found):
        raise NoEmbeddings(f"{answer.status} with {len(found)} of {len(texts)} embeddings")
    return found


def of_question(words: str) -> list[float] | None:
    """Return the embedding of a question; None where there is none within a moment.

    A service that was silent is not asked again for half a minute.
    """
    global _rests_until  # noqa: PLW0603  # What one process knows of the service.
    if not is_wanted() or time.monotonic() < _rests_until or not is_there():
        return None
    try:
        return _of_question(words, settings.ANSWERABLE_EMBEDDINGS_URL, model())
    except NoEmbeddings:
        _rests_until = time.monotonic() + REST_SECONDS
        return None


def is_there() -> bool:
    """Say whether there is a table of embeddings: PostgreSQL needs its extension `vector`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('knowledge_embedding') IS NOT NULL")
        (there,) = cursor.fetchone()
        return bool(there)


def model() -> str:
    """Return the name of the model."""
    return str(settings.ANSWERABLE_EMBEDDINGS_MODEL)


def written(embedding: Sequence[float]) -> str:
    """Return an embedding as PostgreSQL reads it."""
    return "[" + ",".join(map(repr, embedding)) + "]"


@lru_cache(maxsize=512)
def _of_question(words: str, _url: str, _model: str) -> list[float]:
    return embedded([words], QUESTION_SECONDS)[0]


def _headers() -> dict[str, str]:
    key = settings.ANSWERABLE_EMBEDDINGS_KEY
    return {"Content-Type": "application/json"} | (
        {"Authorization": f"Bearer {key}"} if key else {}
    )


def _read(said: dict[str, Any]) -> list[list[float]]:
    if settings.ANSWERABLE_EMBEDDINGS_URL.rstrip("/").endswith(OLLAMA):
        found = said["embeddings"]
    else:
        ordered = sorted(said["data"], key=lambda one: int(one["index"]))
        found = [one["embedding"] for one in ordered]
    return [[float(number) for number in one] for one in found]
