"""What is said of something that is done to many tickets."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from answerable.desk.undo_words import changed_words
from answerable.routing.actions.bulking import TAKE_BACK
from answerable.routing.models import Bulk

TITLES: dict[str, Promise] = {
    "assign": gettext_lazy("Assign {what}"),
    "label": gettext_lazy("Label {what}"),
    "hold": gettext_lazy("Put {what} on hold"),
    "resolve": gettext_lazy("Resolve {what}"),
    "merge": gettext_lazy("Merge {what} into the oldest"),
}
DONE: dict[str, Callable[[int], str]] = {
    "assign": lambda count: ngettext(
        "Assigned {count} ticket.", "Assigned {count} tickets.", count
    ),
    "label": lambda count: ngettext(
        "Labelled {count} ticket.", "Labelled {count} tickets.", count
    ),
    "hold": lambda count: ngettext(
        "Put {count} ticket on hold.", "Put {count} tickets on hold.", count
    ),
    "resolve": lambda count: ngettext(
        "Resolved {count} ticket.", "Resolved {count} tickets.", count
    ),
    "merge": lambda count: ngettext("Merged {count} ticket.", "Merged {count} tickets.", count),
}


def many(count: int) -> str:
    """Return “1 ticket”, “12,000 tickets”."""
    words = ngettext("{count} ticket", "{count} tickets", count)
    return words.format(count=number_format(count, force_grouping=True))


def title(act: str, count: int) -> str:
    """Return what is asked for: “Assign 12 tickets”."""
    return str(TITLES[act]).format(what=many(count))


def too_many_words(count: int, most: int) -> str:
    """Return why nothing is done to so many tickets, and what helps."""
    words = _("{what} match. This can be done to {most} at once: narrow them down by a filter.")
    return words.format(what=many(count), most=number_format(most, force_grouping=True))


def done_words(act: str, count: int) -> str:
    """Return what was done: “Resolved 12 tickets.”"""
    return DONE[act](count).format(count=number_format(count, force_grouping=True))


def outcome(bulk: Bulk) -> str:
    """Return what came of it: “Applied to 11 of 12. #4828 changed meanwhile.”"""
    if bulk.ended_at is None:
        so_far = number_format(bulk.dealt_with, force_grouping=True)
        total = number_format(bulk.total, force_grouping=True)
        return _("{done} of {total} so far.").format(done=so_far, total=total)
    is_undo = bulk.act == TAKE_BACK
    if not bulk.kept_count and bulk.done == bulk.total:
        if is_undo:
            return _("Taken back: {did}").format(did=bulk.facts["did"])
        return done_words(bulk.act, bulk.done)
    shape = (
        _("Taken back on {done} of {total}.") if is_undo else _("Applied to {done} of {total}.")
    )
    words = shape.format(
        done=number_format(bulk.done, force_grouping=True),
        total=number_format(bulk.total, force_grouping=True),
    )
    if not bulk.kept_count:
        return words
    if bulk.kept_count == 1:
        return f"{words} {changed_words(bulk.kept)}"
    rest = ngettext(
        "{count} ticket changed meanwhile, or cannot have it.",
        "{count} tickets changed meanwhile, or cannot have it.",
        bulk.kept_count,
    )
    return f"{words} {rest.format(count=number_format(bulk.kept_count, force_grouping=True))}"
