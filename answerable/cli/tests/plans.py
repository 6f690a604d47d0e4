"""A plan for tests of `answerable plan`, and a word to run it."""

from __future__ import annotations

from answerable.cli.main import main
from answerable.entitlements.actions import SHIPPED, read_plan_text
from answerable.entitlements.core.moments import moment

PREMIUM = SHIPPED / "premium.toml"
TEXT = read_plan_text(PREMIUM)
FASTER = TEXT.replace('within = "1h"', 'within = "40m"').replace(
    "2026-03-06 17:45", "2026-03-06 17:25"
)
OVER = '\n[holidays.ours]\ndays = [{ on = "2020-05-01" }]\n'
MARCH = moment("2026-03-04 00:00 UTC")


def plan(*arguments: str) -> int:
    return main(["plan", *arguments])
