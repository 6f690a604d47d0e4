"""The settings of a bench: Answerable's own, and a middleware that counts."""

from __future__ import annotations

from answerable import settings as ours

globals().update({name: value for name, value in vars(ours).items() if name.isupper()})
MIDDLEWARE = ["bench.counting.Counting", *ours.MIDDLEWARE]
