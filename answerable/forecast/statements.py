"""What forecasts ask of the database as statements, each of which reads its index alone."""

from __future__ import annotations

# Tickets that came lately are those with great numbers, so that no index by time is needed:
# whoever writes a ticket would pay for it.
COUNTED = """
INSERT INTO forecast_arrival (begins_at, kind, within, many)
SELECT date_bin('10 minutes', came.created_at, '2000-01-01 00:00+00'),
    CASE WHEN came.channel = 'chat' THEN 'chat'
        WHEN came.channel IN ('phone', 'callback') THEN 'call' ELSE 'written' END,
    CASE WHEN clock.due_at IS NOT NULL THEN
        least(1440, 5 * round(extract(epoch FROM clock.due_at - came.created_at) / 300)) END,
    count(*)
FROM tickets_ticket came
LEFT JOIN LATERAL (
    SELECT due_at FROM sla_clock
    WHERE ticket_id = came.id AND metric = 'first_response' AND kind = 'guarantee'
        AND due_at >= came.created_at
    ORDER BY id LIMIT 1
) clock ON true
WHERE came.id > %(after)s AND came.created_at >= %(since)s AND came.created_at <= %(at)s
    AND came.state <> 'review'
GROUP BY 1, 2, 3
UNION ALL
SELECT date_bin('10 minutes', started_at, '2000-01-01 00:00+00'), 'again',
    least(1440, 5 * round(extract(epoch FROM due_at - started_at) / 300)), count(*)
FROM sla_clock
WHERE id > %(after_clock)s AND metric = 'next_response' AND kind = 'guarantee'
    AND due_at >= started_at AND started_at >= %(since)s AND started_at <= %(at)s
GROUP BY 1, 2, 3
"""
# Promises that run and fall due within the hour, as the queue has their tickets.
DUE = """
SELECT q.ticket_id, c.due_at, c.metric,
    CASE WHEN q.due_at = c.due_at THEN q.act_by END, q.assignee_id, q.band = 0
FROM sla_clock c JOIN routing_queueentry q ON q.ticket_id = c.ticket_id
WHERE c.kind = 'guarantee' AND c.outcome = 'running'
    AND c.due_at > %(at)s AND c.due_at <= %(ends_at)s
    AND q.kind = 'guarantee' AND q.band < 4
ORDER BY c.due_at, c.id LIMIT %(most)s
"""
# What is worked on beside these within the hour: late tickets, and those due soon after.
BESIDE = """
(SELECT ticket_id, due_at, act_by, assignee_id, true FROM routing_queueentry
 WHERE band = 0 AND kind = 'guarantee' AND act_by < %(ends_at)s ORDER BY act_by LIMIT %(most)s)
UNION ALL
(SELECT ticket_id, due_at, act_by, assignee_id, false FROM routing_queueentry
 WHERE band = 1 AND kind = 'guarantee' AND act_by < %(ends_at)s ORDER BY act_by LIMIT %(most)s)
"""
# A forecast is measured by what came of its hour, once all news of it has arrived.
SCORED = """
UPDATE forecast_forecast said SET
    missed = (SELECT count(*) FROM sla_clock c WHERE c.kind = 'guarantee'
        AND c.outcome = 'missed' AND c.due_at > said.at AND c.due_at <= said.ends_at),
    came = (SELECT coalesce(sum(many), 0) FROM forecast_arrival a
        WHERE a.begins_at >= said.at - interval '5 minutes'
        AND a.begins_at < said.ends_at - interval '5 minutes')
WHERE said.missed IS NULL AND said.ends_at < %(settled)s
"""
ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('answerable forecast'))"
