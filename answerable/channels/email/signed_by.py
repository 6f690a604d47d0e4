"""What stands below a reply: its writer's own signature, a team's, or what all mails say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from answerable.accounts.models import Agent
from answerable.channels.email.core.filling import filled, unknown_gaps
from answerable.channels.email.core.rich import STYLES
from answerable.channels.email.signature_models import Signature
from answerable.channels.email.texts import GAPS, SIGNATURE, Texts
from answerable.lib.markdown import styled

# Returns the keys of the teams that an agent is in, as a query that others hold in theirs.
Teams = Callable[[Agent], QuerySet[Any, str]]
ANY = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature as text, and as HTML where somebody wrote it in Markdown."""

    text: str
    html: str = ""


def signed_by(agent: Agent | None, name: str, texts: Texts) -> Signed:
    """Return the signature of a reply in the language that is active. One query.

    A person's own goes before their team's, and one of the language before one for all.
    """
    title = agent.title if agent else ""
    body = own_of(agent, get_language() or "") if agent else ""
    if not body:
        return Signed(texts.say(SIGNATURE, agent=name, title=title))
    values = {"agent": name, "title": title, "vendor": settings.ANSWERABLE_VENDOR}
    text = filled(body, values).strip()
    return Signed(text, styled(text, STYLES))


def own_of(agent: Agent, language: str) -> str:
    """Return what an agent signs with in a language, with its gaps; nothing where neither they
    nor a team of theirs has a signature."""
    asked = Q(agent=agent) | Q(agent=None, team__in=_teams()(agent))
    wanted = [language, language.partition("-")[0], ANY]
    found = Signature.objects.filter(asked, language__in=wanted).order_by("pk")
    best = min(
        found,
        key=lambda one: (one.agent_id is None, wanted.index(one.language)),
        default=None,
    )
    # One whose gaps nobody fills is none: a mail says what all mails say.
    return best.body if best and not unknown_gaps(best.body, GAPS[SIGNATURE]) else ""


@cache
def _teams() -> Teams:
    teams: Teams = import_string(settings.AGENT_TEAMS)
    return teams
