"""Keeps embeddings of passages, where a service makes them and PostgreSQL can keep them."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection, transaction

from answerable.knowledge.embeddings import (
    NoEmbeddings,
    embedded,
    is_there,
    is_wanted,
    model,
    written,
)

log = logging.getLogger(__name__)
AT_ONCE = 64

# Not a model of Django's: its column needs an extension that a server may not have.
TABLE = (
    "CREATE EXTENSION IF NOT EXISTS vector;"
    "CREATE TABLE IF NOT EXISTS knowledge_embedding ("
    " passage_id bigint PRIMARY KEY REFERENCES knowledge_passage ON DELETE CASCADE,"
    " model text NOT NULL, embedding vector NOT NULL)"
)
MISSING = (
    "SELECT p.id, v.title, p.headings, p.words FROM knowledge_passage p"
    " JOIN knowledge_articletext t ON t.id = p.text_id"
    " JOIN knowledge_articleversion v ON v.id = t.current_id"
    " LEFT JOIN knowledge_embedding e ON e.passage_id = p.id AND e.model = %s"
    " WHERE e.passage_id IS NULL ORDER BY p.id LIMIT %s"
)
# A passage may be gone since it was read: its article was published anew.
KEEP = (
    "INSERT INTO knowledge_embedding (passage_id, model, embedding)"
    " SELECT p.id, %s, new.embedding::vector FROM unnest(%s::bigint[], %s::text[])"
    " AS new(id, embedding) JOIN knowledge_passage p USING (id) FOR KEY SHARE OF p"
    " ON CONFLICT (passage_id) DO UPDATE"
    " SET model = excluded.model, embedding = excluded.embedding"
)


def embed_passages(most: int = 20) -> int:
    """Have the passages embedded that are not, in so many batches; return how many were.

    0 while no service is named, it is silent, or PostgreSQL lacks the extension `vector` and
    we may not create it; the log says which.
    """
    if not is_wanted() or not (is_there() or _make_table()):
        return 0
    count = 0
    for _ in range(most):
        done = _embed_some()
        count += done
        if not done:
            break
    return count


def _make_table() -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(TABLE)
    except DatabaseError as error:
        log.warning("Embeddings cannot be kept: %s", str(error).partition("\n")[0])
        return False
    return True


def _embed_some() -> int:
    with connection.cursor() as cursor:
        cursor.execute(MISSING, [model(), AT_ONCE])
        rows = cursor.fetchall()
    if not rows:
        return 0
    texts = ["\n".join(filter(None, said)) for _, *said in rows]
    try:
        found = embedded(texts)
    except NoEmbeddings as error:
        log.warning("The service of embeddings is silent: %s", error)
        return 0
    keys = [key for key, *_ in rows]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(KEEP, [model(), keys, [written(one) for one in found]])
    return len(rows)
