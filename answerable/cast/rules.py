"""What is done by itself in the demonstration: three rules of Ida's."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

from answerable.cast.people import Cast
from answerable.rules.actions import begin_rule, start_rule
from answerable.rules.core.reading import rule_of
from answerable.tickets.actions.filing import add_tag

RULES = Path(__file__).parent / "rules.toml"


def write_rules(cast: Cast, *, at: datetime) -> None:
    """Let Ida have written and started a few rules."""
    add_tag("certificate", by=cast.ida, at=at)
    for row in tomllib.loads(RULES.read_text())["rules"]:
        rule = begin_rule(name=row["name"], says=rule_of(row["says"]), owner=cast.ida, at=at)
        start_rule(rule, is_meant=False, agent=cast.ida, at=at)
