"""Counts the queue as it changes: each statement adds what it brought and takes what it took.

Four statement triggers, as PostgreSQL shows a trigger the rows of one kind of statement only. The
bins are those of counts_sql.py.
"""

from django.db import migrations

TALLY = """
CREATE FUNCTION routing_tallied(
    band smallint, kind text, assignee bigint,
    due_at timestamptz, act_by timestamptz, started_at timestamptz
) RETURNS TABLE (measure smallint, part smallint, assignee_of bigint, bin timestamptz)
LANGUAGE sql IMMUTABLE ROWS 3 AS $$
    SELECT 0::smallint, CASE WHEN band < 4 THEN 0 WHEN band = 4 THEN 1 ELSE 2 END::smallint,
        coalesce(assignee, 0), NULL::timestamptz
    UNION ALL
    SELECT 1::smallint, 0::smallint, coalesce(assignee, 0),
        date_bin('5 minutes', due_at, '2000-01-01 00:00+00')
    WHERE kind = 'guarantee' AND band < 4
    UNION ALL
    SELECT 2::smallint, 0::smallint, coalesce(assignee, 0),
        date_bin('5 minutes', greatest(act_by, started_at), '2000-01-01 00:00+00')
    WHERE kind = 'guarantee' AND band < 4
$$;

CREATE FUNCTION routing_tally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM routing_tally;
    ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO routing_tally (measure, part, assignee, bin, many)
        SELECT t.measure, t.part, t.assignee_of, t.bin, count(*)
        FROM added q, routing_tallied(q.band, q.kind, q.assignee_id, q.due_at, q.act_by, q.started_at) t
        GROUP BY 1, 2, 3, 4;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO routing_tally (measure, part, assignee, bin, many)
        SELECT t.measure, t.part, t.assignee_of, t.bin, -count(*)
        FROM taken q, routing_tallied(q.band, q.kind, q.assignee_id, q.due_at, q.act_by, q.started_at) t
        GROUP BY 1, 2, 3, 4;
    ELSE
        INSERT INTO routing_tally (measure, part, assignee, bin, many)
        SELECT measure, part, assignee_of, bin, sum(many) FROM (
            SELECT t.*, 1 AS many FROM added q,
                routing_tallied(q.band, q.kind, q.assignee_id, q.due_at, q.act_by, q.started_at) t
            UNION ALL
            SELECT t.*, -1 FROM taken q,
                routing_tallied(q.band, q.kind, q.assignee_id, q.due_at, q.act_by, q.started_at) t
        ) AS both_
        GROUP BY 1, 2, 3, 4 HAVING sum(many) <> 0;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION routing_tally_anew() RETURNS void LANGUAGE sql AS $$
    DELETE FROM routing_tally;
    INSERT INTO routing_tally (measure, part, assignee, bin, many)
    SELECT t.measure, t.part, t.assignee_of, t.bin, count(*)
    FROM routing_queueentry q,
        routing_tallied(q.band, q.kind, q.assignee_id, q.due_at, q.act_by, q.started_at) t
    GROUP BY 1, 2, 3, 4;
$$;

CREATE TRIGGER queue_tally_added AFTER INSERT ON routing_queueentry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION routing_tally();
CREATE TRIGGER queue_tally_changed AFTER UPDATE ON routing_queueentry
    REFERENCING NEW TABLE AS added OLD TABLE AS taken
    FOR EACH STATEMENT EXECUTE FUNCTION routing_tally();
CREATE TRIGGER queue_tally_taken AFTER DELETE ON routing_queueentry
    REFERENCING OLD TABLE AS taken FOR EACH STATEMENT EXECUTE FUNCTION routing_tally();
CREATE TRIGGER queue_tally_emptied AFTER TRUNCATE ON routing_queueentry
    FOR EACH STATEMENT EXECUTE FUNCTION routing_tally();

SELECT routing_tally_anew();
"""

LEAVE = """
DROP TRIGGER queue_tally_added ON routing_queueentry;
DROP TRIGGER queue_tally_changed ON routing_queueentry;
DROP TRIGGER queue_tally_taken ON routing_queueentry;
DROP TRIGGER queue_tally_emptied ON routing_queueentry;
DROP FUNCTION routing_tally();
DROP FUNCTION routing_tally_anew();
DROP FUNCTION routing_tallied(smallint, text, bigint, timestamptz, timestamptz, timestamptz);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('routing', '0012_views_of_the_queue'),
    ]

    operations = [
        migrations.RunSQL(TALLY, LEAVE),
    ]
