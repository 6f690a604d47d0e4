"""What a macro does, in words: on its chips, in its list, on its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.models import Agent
from answerable.macros.core import staged
from answerable.macros.core.staged import Act, days_and_reason
from answerable.tickets.models import Status

Names = Mapping[str, str]


def acts_in_words(acts: Sequence[Act]) -> list[str]:
    """Return what acts do, one phrase each; an agent or status that is gone has no phrase."""
    named = [act.value for act in acts if act.kind == staged.ASSIGN and act.value.isdecimal()]
    agents = {
        str(number): name
        for number, name in Agent.objects.filter(pk__in=named).values_list("pk", "name")
    }
    kept = [act.value for act in acts if act.kind == staged.STATUS and act.value.isdecimal()]
    statuses = {f"status {s.pk}": status_name(s) for s in Status.objects.filter(pk__in=kept)}
    return [SAYS[act.kind](act.value, agents | statuses) for act in acts]


def act_in_words(act: Act) -> str:
    """Return what one act does."""
    return acts_in_words([act])[0]


def _assign(value: str, names: Names) -> str:
    if value == staged.ME:
        return _("Assign to me")
    if value == staged.NOBODY:
        return _("Back into the queue")
    return _("Assign to {name}").format(name=names.get(value, "?"))


def _hold(value: str, names: Names) -> str:
    days, reason = days_and_reason(value)
    if not days:
        return _("Hold: {reason}").format(reason=reason)
    words = ngettext("Hold for {count} day: {reason}", "Hold for {count} days: {reason}", days)
    return words.format(count=days, reason=reason)


SAYS: dict[str, Callable[[str, Names], str]] = {
    staged.ADD_TAG: lambda value, names: _("Label {name}").format(name=value),
    staged.REMOVE_TAG: lambda value, names: _("Remove label {name}").format(name=value),
    staged.ASSIGN: _assign,
    staged.STATUS: lambda value, names: _("Status {name}").format(
        name=names.get(f"status {value}", "?")
    ),
    staged.HOLD: _hold,
    staged.RESOLVE: lambda value, names: _("Resolve"),
}


def language_name(code: str) -> str:
    """Return what a language is called in the reader's own; its code, where it has no name."""
    try:
        return translation.gettext(translation.get_language_info(code)["name"])
    except KeyError:
        return code


def status_name(status: Status) -> str:
    """Return what a status is called in the reader's language."""
    names = status.names
    known = names.get(translation.get_language() or "en") or names.get("en")
    return str(known or next(iter(names.values()), status.pk))
