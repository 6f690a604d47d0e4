-- As many open tickets as a bench asks for, each with a clock whose due time is copied in, the
-- first line of its ledger, and its place in the queue. Keys are not checked, only to be done sooner.

INSERT INTO tickets_ticket (id, sender_name, sender_email, subject, channel, surface, language,
  state, severity, created_at, last_at, last_line, customer_id, requester_id)
SELECT id, 'Dana Wolf', 'dana@nordwind.example', 'Exports fail', 'form', 'web', 'en',
  'open', 'standard', started_at, started_at, 'Exports fail.', %(customer)s, %(contact)s
FROM filled;

INSERT INTO sla_clock (id, ticket_id, metric, kind, target, plan_version_id, allowance,
  started_at, due_at, wake_at, outcome)
SELECT id, id, 'first_response', 'guarantee', 'standard', %(version)s, %(within)s,
  started_at, due_at, due_at, 'running' FROM filled;

INSERT INTO sla_clockentry (clock_id, verb, at, recorded_at, due_at, reason, data)
SELECT id, 'start', started_at, started_at, due_at, '', '{}' FROM filled;

INSERT INTO routing_queueentry (ticket_id, band, kind, metric, act_by, due_at, started_at, customer_id)
SELECT id, 1, 'guarantee', 'first_response', due_at - interval '9 minutes', due_at, started_at,
  %(customer)s FROM filled;

SELECT setval(pg_get_serial_sequence('tickets_ticket', 'id'), max(id)),
  setval(pg_get_serial_sequence('sla_clock', 'id'), max(id)) FROM filled;
