"""Clocks, times and icons, written without templates: a page shows hundreds of them."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import cache
from html import escape

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from answerable.design.icons import ICONS
from answerable.design.states import SHAPES
from answerable.lib import times

# The states that are named beside their countdown.
NAMED: dict[str, Promise] = {"at-risk": gettext_lazy("At risk"), "soon": gettext_lazy("Soon")}


def counting_chip(
    state: str, due: datetime, turns: datetime | None, at: datetime, zone: tzinfo
) -> SafeString:
    """Return the chip of a promise that runs: its state, and a countdown to its due time."""
    counted = due_element(due, turns, times.agent_left(due, at, zone))
    named = NAMED.get(state.replace("_", "-"))
    return _chip(state, f"{named} · {counted}" if named else counted)


def stated_chip(
    state: str, words: str, *, due: datetime | None = None, turns: datetime | None = None
) -> SafeString:
    """Return the chip of a clock that does not count down; `turns` is when that changes."""
    turning = f'<due-time hidden data-turns="{turns.isoformat()}"' if turns and due else ""
    silent = f'{turning} datetime="{due.isoformat()}"></due-time>' if turning and due else ""
    return _chip(state, escape(words) + silent)


def icon_chip(icon: str, words: str) -> SafeString:
    """Return a quiet chip that stands for no clock."""
    return SafeString(f'<span class="chip">{drawing(icon)}{escape(words)}</span>')


def due_element(
    due: datetime, turns: datetime | None, text: str, reader: str = "agent"
) -> SafeString:
    """Return a countdown, which says `text` now; `turns` is when what it stands in changes."""
    turning = f' data-turns="{turns.isoformat()}"' if turns else ""
    start = f'<due-time datetime="{due.isoformat()}" data-reader="{reader}"{turning}>'
    return SafeString(f"{start}{escape(text)}</due-time>")


def time_element(instant: datetime, text: str, css: str = "", in_full: str = "") -> SafeString:
    """Return an instant, which is written as `text`; whoever points at it reads it in full."""
    styled = f' class="{css}"' if css else ""
    titled = f' title="{escape(in_full)}"' if in_full else ""
    start = f'<time{styled} datetime="{instant.isoformat()}"{titled}>'
    return SafeString(f"{start}{escape(text)}</time>")


def _chip(state: str, words: str) -> SafeString:
    name = state.replace("_", "-")
    start = f'<span class="chip chip--{name}">{drawing(SHAPES[name])}'
    return SafeString(f'{start}<span class="chip-words">{words}</span></span>')


@cache
def drawing(name: str) -> SafeString:
    """Return an icon that is decoration."""
    inner = ICONS[name]
    svg = f'<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">{inner}</svg>'
    return SafeString(svg)
