"""The statements of search. All are answered by indexes."""

from __future__ import annotations

# What the index knows of words: terms that articles have, the words of those terms, and the
# words that begin as the open one does. The shorter a word, the sooner it is meant.
VOCABULARY = """
SELECT word, term, false FROM knowledge_word
WHERE language = %(language)s AND term = ANY(%(terms)s)
UNION ALL (
    SELECT word, term, true FROM knowledge_word
    WHERE %(begins)s <> '' AND language = %(language)s AND word LIKE %(begins)s
    ORDER BY length(word), word LIMIT %(most)s
)
"""

# Each shape by itself: asked for all at once, PostgreSQL thinks that most words have one, and
# reads the whole table.
NEAR = """
SELECT DISTINCT near.word, near.term FROM unnest(%s::text[]) AS shape
CROSS JOIN LATERAL (SELECT word, term FROM knowledge_word WHERE shapes @> ARRAY[shape]) AS near
LIMIT 500
"""

# Each part of the question is worth what its best term is worth to an article, times how rare
# the part is. `own` is false for synonyms, which make nothing rarer.
FOUND = """
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest(
        %(parts)s::int[], %(terms)s::text[], %(counts)s::float8[], %(own)s::bool[]
    ) AS asked(part, term, counts, own)
), matched AS MATERIALIZED (
    SELECT part, text_id, max(counts * weight) AS weight, bool_or(own) AS own
    FROM asked JOIN knowledge_posting USING (term)
    WHERE language = %(language)s GROUP BY part, text_id
), among AS MATERIALIZED (
    SELECT count(*) AS texts FROM knowledge_articletext
    WHERE language = %(language)s AND current_id IS NOT NULL
), rare AS MATERIALIZED (
    SELECT part,
        ln(1 + (greatest(texts, amount) - amount + 0.5) / (amount + 0.5)::float8) AS rarity
    FROM (
        SELECT part, coalesce(nullif(count(*) FILTER (WHERE own), 0), count(*)) AS amount
        FROM matched GROUP BY part
    ) AS counted, among
), scored AS (
    SELECT text_id, sum(weight * rarity) AS score, sum(rarity) AS matched,
        bool_or(part = ANY(%(codes)s)) AS has_code
    FROM matched JOIN rare USING (part) GROUP BY text_id
)
SELECT text_id, score, matched, has_code, (SELECT texts FROM among),
    (SELECT json_object_agg(part, rarity) FROM rare)
FROM scored WHERE {which}
ORDER BY has_code DESC, score DESC, text_id LIMIT %(most)s
"""

# The texts whose passages mean what was asked, nearest first. What is far from it is nothing.
MEANT = """
SELECT text_id FROM knowledge_passage p JOIN knowledge_embedding e ON e.passage_id = p.id
WHERE e.model = %(model)s AND vector_dims(e.embedding) = %(numbers)s AND {which}
GROUP BY text_id HAVING min(e.embedding <=> %(asked)s::vector) <= %(farthest)s
ORDER BY min(e.embedding <=> %(asked)s::vector), text_id LIMIT %(most)s
"""

PASSAGES = """
SELECT text_id, position, anchor, headings, words,
    ARRAY(SELECT unnest(terms) INTERSECT SELECT unnest(%(terms)s::text[])),
    ARRAY(SELECT unnest(heading_terms) INTERSECT SELECT unnest(%(terms)s::text[]))
FROM knowledge_passage WHERE text_id = ANY(%(texts)s) ORDER BY text_id, position
"""
