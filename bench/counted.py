"""The settings of a bench: Answerable's own, and a middleware that counts."""

from __future__ import annotations

from answerable.settings import *  # noqa: F403  # They are the settings.
from answerable.settings import MIDDLEWARE as OURS

MIDDLEWARE = ["bench.counting.Counting", *OURS]
