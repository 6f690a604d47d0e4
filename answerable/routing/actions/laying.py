"""Keeps how an agent has the desk: the widths of its panes, and what is folded."""

from __future__ import annotations

from collections.abc import Sequence

from answerable.accounts.models import Agent
from answerable.routing.models import DeskLayout


def keep_layout(
    agent: Agent, *, list_width: int | None, side_width: int | None, folded: Sequence[str]
) -> DeskLayout:
    """Keep the widths of the queue and of the customer pane, in pixels, and what is folded.

    None is the width that everybody has.
    """
    layout, _ = DeskLayout.objects.update_or_create(
        agent=agent,
        defaults={"list": list_width, "side": side_width, "folded": list(folded)},
    )
    return layout
