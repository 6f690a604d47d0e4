"""The loop that forecasts: each minute, beside the jobs. Any number may run."""

from __future__ import annotations

import logging
import threading
from functools import partial

from django.db import connection
from django.utils.timezone import now

from answerable.forecast.actions import make_forecast
from answerable.lib.looping import keep_up

log = logging.getLogger(__name__)

PAUSE_SECONDS = 5.0


def run(stop: threading.Event) -> None:
    """Forecast until told to stop. A lost database is waited for, and nothing ends it."""
    keep_up(partial(_again, stop), stop, name="Forecast", log=log)


def _again(stop: threading.Event) -> None:
    """Forecast if it is time; while it waits, it holds no connection."""
    make_forecast(at=now())
    connection.close()
    stop.wait(PAUSE_SECONDS)
