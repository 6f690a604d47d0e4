"""The statements of the index. All but the making of it are answered by indexes."""

from __future__ import annotations

# A part of the index has the tickets of so many numbers in a row. Words that many tickets have
# are looked for part by part, the newest first.
PART = 4096
LONGEST_BODY = 20_000
LONGEST_TICKET = 400_000
MOST_MESSAGES = 400

# The functions fold words and stem them; they come with the room's second migration.
INDEXED = """
WITH wanted AS (
    SELECT ticket.id, ticket.customer_id, ticket.requester_id, ticket.subject, ticket.state,
        ticket.assignee_id, to_char(ticket.last_at AT TIME ZONE 'UTC', 'YYYYMM') AS month,
        (ticket.last_at AT TIME ZONE 'UTC')::date AS day,
        concat_ws(' ', customer.name, contact.name, contact.email, ticket.sender_name,
            ticket.sender_email) AS people,
        coalesce((
            SELECT config FROM unnest(%(tags)s::text[], %(configs)s::regconfig[])
                AS known(tag, config)
            WHERE tag = split_part(lower(ticket.language), '-', 1)
        ), 'simple') AS config
    FROM tickets_ticket ticket
    LEFT JOIN accounts_customer customer ON customer.id = ticket.customer_id
    LEFT JOIN accounts_contact contact ON contact.id = ticket.requester_id
    WHERE ticket.id = ANY(%(tickets)s)
), said AS (
    SELECT wanted.id, bool_or(message.kind = 'note') AS has_note,
        left(string_agg(left(message.body, %(body)s), ' '), %(ticket)s) AS bodies,
        array_agg(DISTINCT '#a' || message.agent_id)
            FILTER (WHERE message.agent_id IS NOT NULL) AS agents
    FROM wanted CROSS JOIN LATERAL (
        SELECT * FROM tickets_message WHERE ticket_id = wanted.id AND kind <> 'taken_back'
        ORDER BY id DESC LIMIT %(messages)s
    ) AS message GROUP BY wanted.id
), came AS (
    SELECT wanted.id,
        string_agg(concat_ws(' ', name, translate(name, '._-', '   ')), ' ') AS files
    FROM wanted JOIN tickets_message message ON message.ticket_id = wanted.id
    JOIN tickets_attachment attachment ON attachment.message_id = message.id
    GROUP BY wanted.id
), widened AS (
    INSERT INTO search_part (number, since, until)
    SELECT id / %(part)s, min(day), max(day) FROM wanted GROUP BY 1 ORDER BY 1
    ON CONFLICT (number) DO UPDATE SET since = least(search_part.since, EXCLUDED.since),
        until = greatest(search_part.until, EXCLUDED.until)
    WHERE EXCLUDED.since < search_part.since OR EXCLUDED.until > search_part.until
)
INSERT INTO search_document (ticket_id, words, pairs)
SELECT id,
    search_indexed(config, search_folded(subject), 'A')
    || search_indexed('simple', search_folded(concat_ws(' ', people, files)), 'B')
    || search_indexed(config, search_folded(bodies), 'D')
    || array_to_tsvector(array_remove(ARRAY[
        '#b' || id / %(part)s, '#c' || customer_id, '#p' || requester_id,
        '#s' || state, '#o' || assignee_id, '#m' || month, '#y' || left(month, 4),
        CASE WHEN files IS NOT NULL THEN '#file' END, CASE WHEN has_note THEN '#note' END
    ], NULL) || coalesce(agents, '{}')),
    search_pairs(search_folded(subject)) || search_pairs(search_folded(bodies))
        || search_pairs(search_folded(concat_ws(' ', people, files)))
FROM wanted LEFT JOIN said USING (id) LEFT JOIN came USING (id) ORDER BY id
ON CONFLICT (ticket_id) DO UPDATE SET words = EXCLUDED.words, pairs = EXCLUDED.pairs
"""

# What words come from for those who mistype them.
SAID = """
SELECT search_folded(concat_ws(' ', ticket.subject, customer.name, contact.name, (
    SELECT string_agg(left(body, 2000), ' ') FROM (
        SELECT body FROM tickets_message WHERE ticket_id = ticket.id ORDER BY id DESC LIMIT 3
    ) AS newest
)))
FROM tickets_ticket ticket
LEFT JOIN accounts_customer customer ON customer.id = ticket.customer_id
LEFT JOIN accounts_contact contact ON contact.id = ticket.requester_id
WHERE ticket.id = ANY(%s)
"""
NEW_WORDS = (
    "SELECT word FROM unnest(%s::text[]) AS word"
    " WHERE NOT EXISTS (SELECT FROM search_word known WHERE known.word = word.word)"
)
# In their order, so that two who index at once wait for each other in one order, too.
WORDS = (
    "INSERT INTO search_word (word, shapes) SELECT word, string_to_array(shapes, ' ')"
    " FROM unnest(%s::text[], %s::text[]) AS new(word, shapes) ORDER BY word"
    " ON CONFLICT (word) DO NOTHING"
)
# The second is what a prefix index answers: its operators compare letter by letter.
KNOWN = """
SELECT wanted FROM unnest(%s::text[]) AS wanted
WHERE EXISTS (SELECT FROM search_word WHERE word = wanted)
    OR EXISTS (
        SELECT FROM search_word WHERE word ~>=~ wanted AND word ~<~ (wanted || chr(1114111))
    )
"""
# Each shape by itself, which OFFSET 0 insists on: else PostgreSQL compares every word there is
# with every shape.
NEAR = """
SELECT DISTINCT near.word FROM unnest(%s::text[]) AS shape
CROSS JOIN LATERAL (
    SELECT word FROM search_word WHERE shapes @> ARRAY[shape] OFFSET 0
) AS near LIMIT 500
"""
# Of words those with which the name of somebody, or of an account, begins.
NAMED = """
SELECT wanted FROM unnest(%s::text[]) AS wanted
WHERE EXISTS (SELECT FROM accounts_contact WHERE to_tsvector('simple',
        COALESCE(name, '') || ' ' || COALESCE(email, '')) @@ (wanted || ':*')::tsquery)
    OR EXISTS (SELECT FROM accounts_customer
        WHERE to_tsvector('simple', COALESCE(name, '')) @@ (wanted || ':*')::tsquery)
"""
NAMES_NEAR = """
SELECT DISTINCT near.called FROM unnest(%s::text[]) AS shape
CROSS JOIN LATERAL (
    (SELECT name || ' ' || split_part(email, '@', 1) AS called FROM accounts_contact
    WHERE search_shapes(name || ' ' || split_part(email, '@', 1)) @> ARRAY[shape] LIMIT 100)
    UNION ALL
    (SELECT name FROM accounts_customer WHERE search_shapes(name) @> ARRAY[shape] LIMIT 100)
) AS near LIMIT 1000
"""

# The commonest terms that begin so, as far as PostgreSQL counted. Of a great index all that do
# are too many: to put together which tickets have one takes longer than the next letter.
BEGUN = """
SELECT term FROM pg_stats
CROSS JOIN unnest(most_common_elems::text::text[], most_common_elem_freqs) AS known(term, share)
WHERE schemaname = current_schema() AND tablename = 'search_document' AND attname = 'words'
    AND starts_with(term, %s)
    AND (SELECT reltuples FROM pg_class WHERE oid = 'search_document'::regclass) > 100000
ORDER BY share DESC LIMIT 20
"""

# The newest tickets that the index has for it; then the best of those that stand a look. Newer
# ones come first, unless an older one says more: after ninety days it counts half. The + 0
# keeps PostgreSQL from reading tickets in their order instead of asking the index. OFFSET 0 has
# each ticket looked up by its number: PostgreSQL expects more of them than there are, and would
# read a whole table of a hundred thousand tickets for the last_at of a hundred.
FOUND = """
WITH candidate AS MATERIALIZED (
    SELECT document.ticket_id, document.words FROM search_document document {joined}
    WHERE {matched} AND document.ticket_id >= %(lowest)s AND document.ticket_id < %(below)s
        {narrowed}
    ORDER BY document.ticket_id + 0 DESC LIMIT %(most)s
), best AS (
    SELECT candidate.ticket_id, ts_rank('{{0.1, 0.2, 0.4, 1.0}}', candidate.words, {ranked})
        / (1 + greatest(0, extract(epoch FROM %(at)s - ticket.last_at)) / 7776000.0) AS rank
    FROM candidate CROSS JOIN LATERAL (
        SELECT last_at FROM tickets_ticket WHERE id = candidate.ticket_id OFFSET 0
    ) AS ticket
    WHERE {checked}
    ORDER BY rank DESC, candidate.ticket_id DESC LIMIT %(shown)s
)
SELECT (SELECT count(*) FROM candidate), (SELECT min(ticket_id) FROM candidate),
    ARRAY(SELECT ticket_id FROM best ORDER BY rank DESC, ticket_id DESC)
"""
ESTIMATED = "EXPLAIN (FORMAT JSON) SELECT 1 FROM search_document document WHERE {matched}"
