"""Macros as an agent finds them while they write: those they may use, best first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent, Contact
from answerable.macros.core.gaps import filled
from answerable.macros.core.ranking import Candidate, ranked
from answerable.macros.core.staged import Act, acts_of, as_data
from answerable.macros.models import Macro, MacroQuerySet, MacroText, MacroUse
from answerable.tickets.models import Ticket

MOST = 300
FALLBACK = "en"
# The number of what is none of the vendor's macros.
OUR_OWN = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A macro as it is offered: its text in the customer's language, and what it would do."""

    number: int
    name: str
    body: str
    language: str
    acts: Sequence[Act]

    @property
    def data(self) -> dict[str, object]:
        """What a draft has of it beside its words."""
        numbers = [self.number] if self.number != OUR_OWN else []
        return {"acts": as_data(self.acts), "macros": numbers}


def usable_by(agent: Agent, teams: Collection[str]) -> MacroQuerySet:
    """Return the macros that an agent may use: everybody's, those of their teams, their own.

    `teams` are the keys of the agent's skills.
    """
    theirs = Q(owner=agent) | Q(owner=None, team__in=["", *teams])
    return Macro.objects.offered().filter(theirs)


def macros_for(
    ticket: Ticket, agent: Agent, teams: Collection[str], known: Mapping[str, str]
) -> list[Found]:
    """Return the macros for a ticket, best first; what is known fills their gaps.

    Where one says nothing in the customer's language, it does in English, or else in another.
    Three queries.
    """
    return _found(usable_by(agent, teams), ticket, known)


def delay_for(
    ticket: Ticket, agent: Agent, teams: Collection[str], known: Mapping[str, str]
) -> Found:
    """Return what tells a customer that their reply takes longer: the best macro that is marked
    for it, or our own words where the vendor has none. Three queries."""
    marked = _found(usable_by(agent, teams).filter(says_delay=True), ticket, known)
    return marked[0] if marked else _ours(ticket, known)


def _ours(ticket: Ticket, known: Mapping[str, str]) -> Found:
    """Return our own words, in the customer's language as far as we have it."""
    spoken = ticket.language.partition("-")[0]
    language = spoken if spoken in dict(settings.LANGUAGES) else FALLBACK
    with translation.override(language):
        body = _(
            "Hello {person},\n\nyour request “{ticket.subject}” takes us longer than we told "
            "you. It is not forgotten: we work on it. You hear from us again by {next.update}."
        )
        name = _("It takes longer")
    return Found(OUR_OWN, name, filled(body, known), language, ())


def _found(offered: MacroQuerySet, ticket: Ticket, known: Mapping[str, str]) -> list[Found]:
    macros = list(offered.prefetch_related("texts").order_by("-used")[:MOST])
    by_key = {macro.pk: macro for macro in macros}
    order = ranked(
        [Candidate(macro.pk, macro.name, macro.product) for macro in macros],
        used_here=_used_for(ticket),
        product=ticket.product,
    )
    shown = ((by_key[key], text_in(by_key[key], ticket.language)) for key in order)
    return [
        Found(
            macro.pk, macro.name, filled(text.body, known), text.language, acts_of(macro.acts)
        )
        for macro, text in shown
        if text
    ]


def text_in(macro: Macro, language: str) -> MacroText | None:
    """Return what a macro says in a language, in English, or in any; None if it has no text."""
    texts = {text.language: text for text in macro.texts.all()}
    wanted = (language, language.partition("-")[0], FALLBACK)
    return next(
        (texts[code] for code in wanted if code in texts), next(iter(texts.values()), None)
    )


def _used_for(ticket: Ticket) -> set[int]:
    """Return the macros that this customer was sent before, or that were sent on the ticket."""
    whose = (
        {"ticket__customer": ticket.customer_id} if ticket.customer_id else {"ticket": ticket}
    )
    uses = MacroUse.objects.filter(**whose)
    return set(uses.values_list("macro", flat=True).distinct())


def spoken_languages() -> list[str]:
    """Return the languages of our customers, for texts."""
    return sorted(set(Contact.objects.values_list("language", flat=True).distinct()) - {""})
