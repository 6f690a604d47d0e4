"""What is said when something is taken back, and where it is offered."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from answerable.desk.words import first_name
from answerable.tickets.actions.undoing import Kept, TakenBack
from answerable.tickets.events import Verb
from answerable.tickets.models import Undo
from answerable.tickets.undo_ways import GONE, PLAN, TOLD

MEANWHILE: dict[str, Promise] = {
    Verb.RESOLVED: gettext_lazy("{name} resolved #{number} meanwhile."),
    Verb.REOPENED: gettext_lazy("{name} opened #{number} again meanwhile."),
    Verb.TAKEN: gettext_lazy("{name} took #{number} meanwhile."),
    Verb.ASSIGNED: gettext_lazy("{name} assigned #{number} meanwhile."),
    Verb.HELD: gettext_lazy("{name} put #{number} on hold meanwhile."),
    Verb.HOLD_ENDED: gettext_lazy("{name} ended the hold of #{number} meanwhile."),
    Verb.WROTE: gettext_lazy("{name} wrote on #{number} meanwhile."),
    Verb.ANSWERED: gettext_lazy("{name} answered #{number} meanwhile."),
    Verb.SEVERITY_CHANGED: gettext_lazy("{name} changed the severity of #{number} meanwhile."),
    Verb.UNMERGED: gettext_lazy("{name} parted #{number} again meanwhile."),
    Verb.TAGGED: gettext_lazy("{name} changed the labels of #{number} meanwhile."),
    Verb.UNTAGGED: gettext_lazy("{name} changed the labels of #{number} meanwhile."),
    Verb.FIELDS_SET: gettext_lazy("{name} filled in #{number} meanwhile."),
    Verb.CUSTOMER_CHANGED: gettext_lazy("{name} changed whose #{number} is meanwhile."),
    Verb.HANDED_OVER: gettext_lazy("{name} changed who asks in #{number} meanwhile."),
    Verb.UPDATE_PROMISED: gettext_lazy("{name} promised another time on #{number} meanwhile."),
    Verb.PRIORITY_SET: gettext_lazy("{name} changed the priority of #{number} meanwhile."),
}
WHY_NOT: dict[str, Promise] = {
    TOLD: gettext_lazy("The customer of #{number} was told of it."),
    PLAN: gettext_lazy("The plan of #{number} does not let it be changed so."),
    GONE: gettext_lazy("What #{number} needs for it is not there any more."),
}


def undo_address(undo: Undo) -> str:
    """Return where an act is taken back, or nothing where it changed nothing."""
    if not undo.steps.exists():
        return ""
    return reverse("desk:undo_act", args=[undo.pk])


def taken_back_words(back: TakenBack) -> str:
    """Return what came of it: “Taken back: Resolved #4821.”, or what was in the way."""
    if not back.kept:
        return _("Taken back: {did}").format(did=back.did)
    if not back.done:
        return _("Not taken back. {why}").format(why=_why(back.kept))
    total = len(back.done) + len(back.kept)
    words = _("Taken back on {done} of {total}.").format(done=len(back.done), total=total)
    return f"{words} {_why(back.kept)}"


def changed_words(numbers: Sequence[int]) -> str:
    """Return “#4828 changed meanwhile.”, or how many did."""
    if len(numbers) == 1:
        return _("#{number} changed meanwhile.").format(number=numbers[0])
    words = ngettext(
        "{count} ticket changed meanwhile.", "{count} tickets changed meanwhile.", len(numbers)
    )
    return words.format(count=len(numbers))


def _why(kept: Sequence[Kept]) -> str:
    if len(kept) > 1:
        return changed_words([one.ticket for one in kept])
    one = kept[0]
    if one.reason:
        return str(WHY_NOT[one.reason]).format(number=one.ticket)
    words = MEANWHILE.get(one.verb)
    if not words or not one.who:
        return changed_words([one.ticket])
    return str(words).format(name=first_name(one.who), number=one.ticket)
