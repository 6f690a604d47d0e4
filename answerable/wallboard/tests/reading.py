"""What tests read of the wallboard, and scenes that several of them need."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape

from django.test import Client
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.forecast.actions import make_forecast
from answerable.forecast.tests.scenes import MINUTE, remembered, weeks_of_arrivals
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened

WALL = "/desk/wall/"


def read(client: Client, path: str = WALL) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def tile(page: str, name: str) -> str:
    """Return what a tile says, without its tags."""
    found = re.search(rf'<section [^>]*id="tile-{name}".*?</section>', page, re.S)
    assert found
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", found[0]).split()))


def at_risk(cast: Cast, minutes: int = 54) -> Ticket:
    return opened(cast.dana, now() - minutes * MINUTE)


def with_forecast(cast: Cast, weeks: int = 8) -> datetime:
    at = now()
    remembered(at)
    weeks_of_arrivals(1, at, weeks=weeks)
    make_forecast(at=at)
    return at
