-- A million clocks that run: tickets, clocks and the first lines of their ledgers, due between a
-- day and a month from now. Keys are not checked (session_replication_role): only to be done sooner.

INSERT INTO tickets_ticket (id, sender_name, sender_email, subject, channel, surface, language,
  state, severity, created_at, last_at, last_line, customer_id, requester_id)
SELECT n, 'Dana Wolf', 'dana@nordwind.example', 'Exports fail', 'form', 'web', 'en',
  'open', 'standard', now(), now(), 'Exports fail.', %(customer)s, %(contact)s
FROM generate_series(1, %(clocks)s) AS n;

INSERT INTO sla_clock (id, ticket_id, metric, kind, target, plan_version_id, allowance,
  started_at, due_at, wake_at, outcome)
SELECT n, n, 'first_response', 'guarantee', 'standard', %(version)s, interval '1 hour',
  due_at - interval '1 hour', due_at, due_at, 'running'
FROM (
  SELECT n, now() + interval '1 day' + mod(n::bigint * 7919, 2592000) * interval '1 second' AS due_at
  FROM generate_series(1, %(clocks)s) AS n
) AS each_clock;

INSERT INTO sla_clockentry (clock_id, verb, at, recorded_at, due_at, reason, data)
SELECT id, 'start', started_at, started_at, due_at, '', '{}' FROM sla_clock;

SELECT setval(pg_get_serial_sequence('tickets_ticket', 'id'), %(clocks)s),
  setval(pg_get_serial_sequence('sla_clock', 'id'), %(clocks)s);
