"""How the reader of a page has the desk: read with how they stand, in one query."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from answerable.accounts.models import Agent
from answerable.desk.queries.standing import Foot, resting_foot

NARROWEST, WIDEST = 220, 760
# What can be folded: the customer pane, and the groups that sink below the queue.
FOLDS = ("side", "waiting")
USUAL = {"list": 340, "side": 300}


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths in pixels, None where they are as everybody has them, and what is folded."""

    list: int | None = None
    side: int | None = None
    folded: tuple[str, ...] = field(default=("waiting",))

    @property
    def style(self) -> str:
        """The address of the styles that make the panes so wide; "" for the usual widths."""
        widths = {"list": self.list, "side": self.side}
        asked = {name: width for name, width in widths.items() if width}
        return reverse("desk:layout_style", query=asked) if asked else ""

    @property
    def has_no_side(self) -> bool:
        """Whether the customer pane is folded."""
        return "side" in self.folded

    @property
    def shows_waiting(self) -> bool:
        """Whether the tickets that wait are shown below the queue."""
        return "waiting" not in self.folded


def frame_of(agent: Agent) -> tuple[Foot, Layout]:
    """Return what the foot of a page says until it has told that it is open, and how its
    reader has the desk. One query."""
    found = Agent.objects.select_related("presence", "desk_layout").get(pk=agent.pk)
    try:
        kept = found.desk_layout
    except ObjectDoesNotExist:
        return resting_foot(found), Layout()
    return resting_foot(found), Layout(kept.list, kept.side, tuple(kept.folded))
