"""`answerable work`: the jobs, by Procrastinate; and the jobs of workers that died."""

from __future__ import annotations

import argparse
import asyncio
import logging
import threading
from contextlib import suppress

from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from answerable.cli import ending, pulse

log = logging.getLogger(__name__)

AGAIN_SECONDS = 0.5
HEARTBEAT_SECONDS = 2.0
STALLED_SECONDS = 10.0
RESCUE_SECONDS = 5.0
AWAY = (ConnectorException, OperationalError, PoolTimeout)


def run(options: argparse.Namespace) -> int:
    """Do jobs until asked to end; a job that runs then gets a moment to finish."""
    stop = ending.awaited()
    beating = pulse.start("work", stop)
    while not stop.is_set():
        try:
            asyncio.run(_work(stop, options.concurrency))
        except AWAY as error:
            log.warning("The database is away (%s); trying again.", type(error).__name__)
            stop.wait(AGAIN_SECONDS)
    beating.join(timeout=1)
    return 0


async def _work(stop: threading.Event, concurrency: int) -> None:
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError(connector)
    with app.replace_connector(connector.get_worker_connector()) as working:
        async with working.open_async():
            rescue = asyncio.create_task(_rescue(working))
            worker = asyncio.create_task(_worker(working, concurrency))
            asked = asyncio.create_task(asyncio.to_thread(stop.wait))
            await asyncio.wait({worker, asked, rescue}, return_when=asyncio.FIRST_COMPLETED)
            for task in (worker, rescue):
                task.cancel()
            await _ended(worker, rescue)


async def _worker(working: App, concurrency: int) -> None:
    await working.run_worker_async(
        concurrency=concurrency,
        install_signal_handlers=False,
        listen_notify=True,
        fetch_job_polling_interval=2,
        shutdown_graceful_timeout=ending.GRACE_SECONDS - 1,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=STALLED_SECONDS,
        delete_jobs="successful",
    )


async def _rescue(working: App) -> None:
    """Put back the jobs of workers that were killed: nobody else would do them again."""
    while True:
        for job in await working.job_manager.get_stalled_jobs(
            seconds_since_heartbeat=STALLED_SECONDS
        ):
            log.warning("A worker died; its job is done again.", extra={"job": job.id})
            await working.job_manager.retry_job(job)
        await asyncio.sleep(RESCUE_SECONDS)


async def _ended(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task
