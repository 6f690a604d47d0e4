"""`answerable web`: the pages, by uvicorn."""

from __future__ import annotations

import argparse
import threading
from importlib import import_module

import uvicorn
from django.conf import settings

from answerable.cli import collector, ending, pulse

# Event streams never end by themselves; they are cut after this long.
GRACE_SECONDS = 1


def run(options: argparse.Namespace) -> int:
    """Serve the pages until asked to end."""
    stop = ending.awaited()
    server = uvicorn.Server(
        uvicorn.Config(
            "answerable.asgi:application",
            host=options.host,
            port=options.port,
            loop="uvloop",
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
            timeout_keep_alive=30,
            backlog=512,
        )
    )
    threading.Thread(target=_pass_on, args=[stop, server], daemon=True).start()
    _load()
    beating = pulse.start("web", stop, address=f"{options.host}:{options.port}")
    server.run()
    stop.set()
    beating.join(timeout=1)
    return 0 if server.started else 1


def _load() -> None:
    """Load every page's code now, not at the first request."""
    with collector.resting():
        import_module("answerable.asgi")
        import_module(settings.ROOT_URLCONF)
    collector.calm()


def _pass_on(stop: threading.Event, server: uvicorn.Server) -> None:
    stop.wait()
    server.should_exit = True
