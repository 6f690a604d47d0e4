"""What the wallboard and a forecast cost with up to a million tickets."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta
from importlib import import_module
from itertools import repeat

from bench.browser import Browser
from bench.filling import fill
from bench.installation import Installation, answers, free_port, throwaway, wait_for
from bench.measure import Figure, arguments, report, say, single, spread
from bench.pages import PART, QUICK, SIZES

WARM = 5


def main(argv: Sequence[str]) -> None:
    """Fill, forecast once, and fetch the tiles many times at each size."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--requests", type=int, default=100, help="how often tiles are fetched")
    parser.add_argument("--most", type=int, default=10**6, help="no more tickets than these")
    options = parser.parse_args(argv)
    figures: list[Figure] = []
    with throwaway(database=QUICK) as installation:
        browser = _open(installation)
        for tickets, unresolved in SIZES:
            if tickets > options.most:
                continue
            of = f"{tickets:,} tickets, {unresolved:,} unresolved"
            say(f"Filling in {of} …")
            fill(installation.server.url(), tickets=tickets, unresolved=unresolved)
            for figure in (*_forecasts(of), _tiles(browser, of, options.requests)):
                figures.append(figure)
                say(figure.line())
    report("wall", figures, options.json)


def _open(installation: Installation) -> Browser:
    """Return the browser of a lead."""
    installation.use()
    now, people = import_module("django.utils.timezone").now, import_module("bench.people")
    lena = people.agent_cookies(import_module("answerable.cast").Cast(now()).lena)
    port = free_port()
    installation.start("web", "--port", str(port), DJANGO_SETTINGS_MODULE="bench.counted")
    wait_for("the pages", answers(port))
    return Browser(port, lena)


def _forecasts(of: str) -> list[Figure]:
    """Measure the first forecast, which counts the weeks before, and one of each minute."""
    now = import_module("django.utils.timezone").now
    models = import_module("answerable.forecast.models")
    make = import_module("answerable.forecast.actions").make_forecast
    at = now()
    taken = []
    models.Forecast.objects.all().delete()
    models.Arrival.objects.all().delete()
    for earlier in (timedelta(hours=3), timedelta(0)):
        begun = time.perf_counter()
        make(at=at - earlier)
        taken.append((time.perf_counter() - begun) * 1000)
    names = ("The first forecast", "A forecast")
    return [single(f"{n}, {of}", ms, "ms") for n, ms in zip(names, taken, strict=True)]


def _tiles(browser: Browser, of: str, requests: int) -> Figure:
    browser.close()
    pages = [
        browser.get(path, headers=PART) for path in repeat("/desk/wall/tiles/", WARM + requests)
    ]
    took = [float(page.headers["x-milliseconds"]) for page in pages[WARM:]]
    return spread(f"The tiles of the wallboard, {of}", took, "ms")
