"""`answerable work`: the jobs, by Procrastinate, and the jobs of workers that died; beside them
the index of search, rules and surveys follow what happens, and the next hour is forecast."""

from __future__ import annotations

import argparse
import asyncio
import logging
import threading
from contextlib import suppress

from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from psycopg import Error

from answerable.channels.email import presence
from answerable.cli import collector, ending, pulse
from answerable.cli.rescue import STALLED_SECONDS, rescue
from answerable.forecast import follow as forecast
from answerable.lib.pool import WorkersPool
from answerable.rules import follow as rules_follow
from answerable.search import follow
from answerable.surveys import follow as surveys

log = logging.getLogger(__name__)

AGAIN_SECONDS = 0.5
HEARTBEAT_SECONDS = 2.0
LOOK_SECONDS = 0.1
AWAY = (ConnectorException, Error)


def run(options: argparse.Namespace) -> int:
    """Do jobs until asked to end; a job that runs then gets a moment to finish."""
    stop = ending.awaited()
    collector.calm()
    beating = pulse.start("work", stop)
    presence.here.stay(stop)
    for loop in (follow.run, rules_follow.run, surveys.run, forecast.run):
        threading.Thread(target=loop, args=[stop], daemon=True).start()
    while not stop.is_set():
        try:
            asyncio.run(_work(stop, options.concurrency))
        except AWAY as error:
            log.warning("The database is away (%s); trying again.", type(error).__name__)
            stop.wait(AGAIN_SECONDS)
    beating.join(timeout=1)
    return 0


async def _work(stop: threading.Event, concurrency: int) -> None:
    connector = PsycopgConnector(pool_factory=WorkersPool, kwargs=connector_params())
    with app.replace_connector(connector) as working:
        async with working.open_async():
            rescuer = asyncio.create_task(rescue(working))
            worker = asyncio.create_task(_worker(working, concurrency))
            asked = asyncio.create_task(_asked(stop))
            await asyncio.wait({worker, asked, rescuer}, return_when=asyncio.FIRST_COMPLETED)
            for task in (worker, rescuer, asked):
                task.cancel()
            await _ended(worker, rescuer, asked)


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


async def _asked(stop: threading.Event) -> None:
    """Return once this process should end. No thread may wait: the loop would wait for it."""
    while not stop.is_set():
        await asyncio.sleep(LOOK_SECONDS)


async def _ended(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task
