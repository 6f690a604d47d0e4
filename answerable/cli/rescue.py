"""Puts back the jobs that nobody does any more: those of dead workers, and those that hang."""

from __future__ import annotations

import asyncio
import logging

from procrastinate import App
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status
from procrastinate.utils import utcnow

log = logging.getLogger(__name__)

EVERY_SECONDS = 5.0
STALLED_SECONDS = 10.0
# No job of ours takes so long. One that seems to was done by a worker that could not say so,
# because the database was away; each of our jobs may be done again.
LONGEST_SECONDS = 120.0

FORSAKEN = """
    SELECT job.id FROM procrastinate_jobs job
    LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
    WHERE job.status = 'doing' AND (
        worker.id IS NULL
        OR worker.last_heartbeat < now() - make_interval(secs => %(stalled)s)
        OR (SELECT max(event.at) FROM procrastinate_events event
            WHERE event.job_id = job.id AND event.type = 'started')
           < now() - make_interval(secs => %(longest)s)
    )
"""


async def rescue(working: App) -> None:
    """Look for forsaken jobs for ever. Raises ConnectorException when the database is away."""
    while True:
        rows = await working.connector.execute_query_all_async(
            FORSAKEN, stalled=STALLED_SECONDS, longest=LONGEST_SECONDS
        )
        for row in rows:
            await _put_back(working, row["id"])
        await asyncio.sleep(EVERY_SECONDS)


async def _put_back(working: App, job: int) -> None:
    """Have a job done again, unless a run that will do the same waits already."""
    log.warning("A job was left undone; it is done again.", extra={"job": job})
    manager = working.job_manager
    try:
        await manager.retry_job_by_id_async(job_id=job, retry_at=utcnow())
    except UniqueViolation:
        await manager.finish_job_by_id_async(job, Status.FAILED, delete_job=True)
    except ConnectorException:
        # Another worker was quicker. Were the database away, the next look would say so.
        log.info("Another worker has put it back.", extra={"job": job})
