-- Fills an empty installation that has the cast with %(tickets)s tickets, the last %(open)s of
-- which are not resolved. One in a hundred is Nordwind's; the others are spread over two
-- thousand customers of five people. Nothing here is random, so that two runs measure the same.
-- What is said stands in the table sayings, numbered from 0 to %(texts)s - 1.

INSERT INTO accounts_customer (id, name, domains, zone, language, created_at)
SELECT 1000 + i, 'Customer ' || i, ARRAY['customer' || i || '.example'], 'Europe/Berlin', 'en',
  now() - interval '3 years'
FROM generate_series(1, 2000) AS i ON CONFLICT DO NOTHING;

INSERT INTO accounts_contact
  (id, name, email, product_role, seat, zone, language, created_at, customer_id)
SELECT 10000 + i * 5 + j, 'Person ' || j || ' of ' || i,
  'person' || j || '@customer' || i || '.example',
  CASE WHEN j = 0 THEN 'super_admin' ELSE 'member' END, 'paid', 'Europe/Berlin', 'en',
  now() - interval '3 years', 1000 + i
FROM generate_series(1, 2000) AS i, generate_series(0, 4) AS j ON CONFLICT DO NOTHING;

-- One row a ticket with all that the others are derived from.
CREATE TEMP TABLE plan AS
SELECT n, CASE WHEN mod(n, 200) = 7 THEN 0 ELSE 1 + mod(n, 19) END AS sort, n > %(tickets)s - %(open)s AS unresolved,
  CASE WHEN n > %(tickets)s - %(open)s
    THEN now() - (%(tickets)s - n + 1) * interval '60 hours' / %(open)s
    ELSE now() - interval '3 days' - (%(tickets)s - n) * interval '3 years' / %(tickets)s
  END AS at,
  mod(n, 100) = 0 AS nordwind, 1 + mod(n * 7919, 2000) AS c, mod(n, 5) AS j,
  -- Of the unresolved: three fifths wait for us, the others for their customer.
  n > %(tickets)s - %(open)s AND mod(n, 5) < 3 AS unanswered,
  mod(n * 31, %(texts)s) AS text
FROM generate_series(1::bigint, %(tickets)s) AS n;
ANALYZE plan;

CREATE TEMP TABLE who AS
SELECT (SELECT id FROM accounts_contact WHERE email LIKE 'dana@%%') AS dana,
  (SELECT id FROM accounts_customer WHERE name LIKE 'Nordwind%%') AS nordwind,
  (SELECT max(id) FROM entitlements_planversion) AS version,
  (SELECT array_agg(id ORDER BY id) FROM accounts_agent WHERE role = 'agent') AS agents;

-- sort 0, one in 200: claimed business-critical; 1 to 9: guaranteed; 10 to 15: aimed for; else
-- by mail, without a promise.
CREATE TEMP TABLE ticket AS
SELECT plan.*, CASE WHEN sort = 0 THEN interval '30 minutes' WHEN sort < 10 THEN interval '1 hour'
    WHEN sort < 16 THEN interval '9 hours' END AS within,
  CASE WHEN sort < 10 THEN 'guarantee' WHEN sort < 16 THEN 'aim' ELSE '' END AS kind,
  CASE WHEN sort = 0 THEN 'business_critical' ELSE 'standard' END AS severity,
  CASE WHEN nordwind THEN (SELECT dana FROM who) ELSE 10000 + c * 5 + j END AS contact,
  CASE WHEN nordwind THEN (SELECT nordwind FROM who) ELSE 1000 + c END AS customer,
  (SELECT agents[1 + mod(n, 4)] FROM who) AS agent
FROM plan;
ANALYZE ticket;

INSERT INTO tickets_ticket (id, sender_name, sender_email, subject, channel, surface, language,
  state, severity, created_at, last_at, last_line, assignee_id, customer_id, requester_id, submission)
SELECT n, 'Person', 'person@customer.example', initcap(left(body, 60)),
  CASE WHEN sort < 16 THEN 'form' ELSE 'email' END, CASE WHEN sort < 16 THEN 'web' ELSE 'mail' END,
  'en', CASE WHEN unanswered THEN 'open' WHEN unresolved THEN 'waiting' ELSE 'resolved' END,
  severity, at, at + interval '20 minutes', left(body, 120),
  CASE WHEN unanswered AND mod(n, 3) > 0 THEN NULL ELSE agent END, customer, contact,
  CASE WHEN sort < 16 THEN md5(n::text) END
FROM ticket JOIN sayings ON i = text;

-- Four messages and a note; of an unanswered ticket only the first.
INSERT INTO tickets_message (id, kind, sender, body, folded, verified, written_at, delivered_at,
  agent_id, contact_id, ticket_id)
SELECT n * 8 + k, (ARRAY['message','reply','note','message','reply'])[k + 1], '',
  initcap(body), '', true, at + k * interval '5 minutes',
  CASE WHEN k IN (1, 4) THEN at + k * interval '5 minutes' + interval '2 seconds' END,
  CASE WHEN k IN (1, 2, 4) THEN agent END, CASE WHEN k IN (0, 3) THEN contact END, n
FROM ticket, generate_series(0, 4) AS k JOIN sayings ON true
WHERE i = mod(text + k * (1 + n / %(texts)s), %(texts)s) AND (k = 0 OR NOT unanswered);

-- One in twenty has a file.
INSERT INTO files_storedfile (sha256, size, type, kept_at, verdict, found)
SELECT repeat('0', 64), 1000, 'text/plain', now(), 'clean', '' ON CONFLICT DO NOTHING;
INSERT INTO tickets_attachment (name, declared, inline, content_id, file_id, message_id)
SELECT 'console-' || n || '.txt', 'text/plain', false, '', id, n * 8
FROM ticket, files_storedfile WHERE mod(n, 20) = 3 AND sha256 = repeat('0', 64);

INSERT INTO tickets_ticketevent (id, verb, at, data, agent_id, contact_id, message_id, ticket_id)
SELECT n * 16 + k, v, at + m * interval '5 minutes',
  CASE WHEN v LIKE 'clock%%' THEN jsonb_build_object('clock', n, 'metric', 'first_response',
      'kind', kind, 'due_at', at + within, 'seconds', extract(epoch FROM within))
    WHEN v = 'promised' THEN jsonb_build_object('kind', kind, 'decision', n, 'due_at', at + within)
    ELSE '{}' END,
  CASE WHEN v IN ('taken', 'answered', 'noted', 'delivered', 'clock_met') THEN agent END,
  CASE WHEN v IN ('opened', 'wrote', 'resolved') THEN contact END,
  CASE WHEN v IN ('opened', 'wrote', 'answered', 'noted', 'delivered') THEN n * 8 + m END, n
FROM ticket, (VALUES (0, 'opened', 0), (1, 'promised', 0), (2, 'clock_started', 0), (3, 'taken', 1),
  (4, 'answered', 1), (5, 'delivered', 1), (6, 'clock_met', 1), (7, 'noted', 2), (8, 'wrote', 3),
  (9, 'answered', 4), (10, 'delivered', 4), (11, 'resolved', 5)) AS step (k, v, m)
WHERE (kind <> '' OR v NOT LIKE 'clock%%') AND (k < 3 OR NOT unanswered)
  AND (v <> 'resolved' OR NOT unresolved);

INSERT INTO sla_decision
  (id, at, kind, target, severity, refusals, facts, plan_version_id, ticket_id)
SELECT n, at, kind, CASE WHEN sort = 0 THEN 'critical' WHEN sort < 10 THEN 'standard'
    WHEN sort < 16 THEN 'aim' ELSE '' END, severity,
  CASE WHEN sort < 10 THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_build_object('version', version,
    'contract', NULL, 'target', 'standard', 'kind', 'guarantee', 'severity', 'standard',
    'reasons', jsonb_build_array('wrong_channel'))) END,
  jsonb_build_object('known', true, 'role', 'super_admin', 'seat', 'paid', 'designations', '[]'::jsonb,
    'runs', '[]'::jsonb, 'bought', '[]'::jsonb),
  CASE WHEN kind <> '' THEN version END, n
FROM ticket, who;

INSERT INTO sla_clock (id, metric, kind, target, allowance, started_at, due_at, outcome, met_at,
  answered_at, wake_at, plan_version_id, ticket_id)
SELECT n, 'first_response', kind, CASE WHEN sort = 0 THEN 'critical' WHEN sort < 10 THEN 'standard'
    ELSE 'aim' END, within, at, due, CASE WHEN unanswered THEN 'running' ELSE 'met' END,
  CASE WHEN NOT unanswered THEN answered END, CASE WHEN NOT unanswered THEN answered END,
  CASE WHEN unanswered THEN due END, version, n
FROM (SELECT *, CASE WHEN unanswered THEN now() + interval '6 hours' + mod(n, 86400) * interval '1 second'
    ELSE at + within END AS due, at + interval '302 seconds' AS answered FROM ticket) AS t, who
WHERE kind <> '';

INSERT INTO sla_clockentry
  (id, verb, at, recorded_at, due_at, reason, data, agent_id, clock_id, event_id)
SELECT n * 2 + k, CASE k WHEN 0 THEN 'start' ELSE 'meet' END,
  CASE k WHEN 0 THEN at ELSE at + interval '302 seconds' END,
  CASE k WHEN 0 THEN at ELSE at + interval '302 seconds' END,
  CASE k WHEN 0 THEN due_at END, '', '{}', CASE k WHEN 1 THEN agent END, n,
  n * 16 + CASE k WHEN 0 THEN 0 ELSE 5 END
FROM ticket JOIN sla_clock ON sla_clock.id = n, generate_series(0, 1) AS k
WHERE k = 0 OR NOT unanswered;

INSERT INTO tickets_claim (id, impact, impact_says, words, made_at, outcome, decided_at, reason,
  reason_says, in_force_at, decided_by_id, ticket_id)
SELECT n, 'outage', 'An outage stops core work or a time-critical launch', '', at,
  CASE WHEN unanswered THEN '' ELSE 'confirmed' END, CASE WHEN NOT unanswered THEN at END, '', '',
  CASE WHEN NOT unanswered THEN at END, CASE WHEN NOT unanswered THEN agent END, n
FROM ticket WHERE sort = 0;

INSERT INTO routing_queueentry
  (ticket_id, band, act_by, due_at, started_at, assignee_id, customer_id, kind, customer_band,
  customer_due_at)
SELECT t.id, CASE WHEN t.state = 'waiting' THEN 4 WHEN severity = 'business_critical' THEN 0
    WHEN clock.kind = 'guarantee' THEN 1 WHEN clock.kind = 'aim' THEN 2 ELSE 3 END,
  CASE WHEN t.state = 'waiting' OR clock.id IS NULL THEN t.last_at
    WHEN clock.kind = 'aim' THEN started_at + (due_at - started_at) * 0.8
    ELSE due_at - interval '9 minutes' END,
  CASE WHEN t.state = 'open' THEN due_at END, CASE WHEN t.state = 'open' THEN started_at END,
  t.assignee_id, t.customer_id, CASE WHEN t.state = 'open' THEN coalesce(clock.kind, '') ELSE '' END,
  CASE WHEN t.state = 'waiting' THEN 0 WHEN clock.kind = 'guarantee' THEN 1
    WHEN clock.kind = 'aim' THEN 2 ELSE 3 END,
  CASE WHEN t.state = 'open' THEN due_at END
FROM tickets_ticket t LEFT JOIN sla_clock clock ON clock.ticket_id = t.id
WHERE t.state <> 'resolved';

-- A day of changes, and what the agents were told of.
INSERT INTO live_liveevent (topic, at)
SELECT 'ticket-' || mod(i, %(tickets)s), now() - i * interval '1 second'
FROM generate_series(1, 86000) AS i;

INSERT INTO routing_notice (at, seen_at, agent_id, event_id, ticket_id)
SELECT at, CASE WHEN NOT unanswered THEN at END, a, n * 16, n
FROM ticket, who, unnest(agents) AS a WHERE sort = 0 AND n > %(tickets)s - 20000;

DROP TABLE sayings, plan, who, ticket;
