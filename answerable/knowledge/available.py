"""With which subscriptions an article, or a part of one, comes, and the line for its reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.entitlements.models import Subscription
from answerable.knowledge.access import Person
from answerable.knowledge.core.availability import Edition, editions_in, includes, tiers_of
from answerable.knowledge.models import Article
from answerable.sla.words import product_word, said


@dataclass(frozen=True, slots=True)
class Availability:
    """The names of the subscriptions, and what the reader is told of their own.

    `included` is None for who is not signed in as a contact, and has no line then.
    """

    names: tuple[str, ...]
    included: bool | None = None
    line: str = ""


def availability_of(article: Article, runs: Sequence[Edition] | None) -> Availability:
    """Return with what an article comes, to somebody who runs these; None for nobody known."""
    rows = [Edition(row["product"], row["tier"]) for row in article.available]
    return told(rows, runs)


def availability_in(words: str, runs: Sequence[Edition] | None) -> Availability:
    """Return the same for a part of an article, from what is written there."""
    return told(editions_in(words), runs)


def told(available: Sequence[Edition], runs: Sequence[Edition] | None) -> Availability:
    """Return the names of subscriptions, and whether somebody's are among them."""
    names = tuple(edition_name(one) for one in available)
    if runs is None or not available:
        return Availability(names)
    if includes(available, runs):
        return Availability(names, True, _("Your plan includes this."))
    tiers = ", ".join(capfirst(said(tier)) for tier in tiers_of(runs, available))
    if not tiers:
        return Availability(names, False, _("Your plan does not include this."))
    line = _("Your plan ({plan}) does not include this.").format(plan=tiers)
    return Availability(names, False, line)


def runs_of(person: Person, at: datetime) -> list[Edition] | None:
    """Return what a contact's customer runs at an instant; None for anybody else. One query."""
    if not isinstance(person, Contact):
        return None
    theirs = Subscription.objects.filter(customer_id=person.customer_id, starts_at__lte=at)
    rows = theirs.exclude(ends_at__lte=at).order_by("pk").values_list("product", "tier")
    return [Edition(product, tier) for product, tier in rows]


def edition_name(edition: Edition) -> str:
    """Return what a subscription is called: “Service Enterprise”."""
    named = (product_word(edition.product), capfirst(said(edition.tier)))
    return " ".join(name for name in named if name)


def tiers_named(article: Article) -> list[str]:
    """Return the tiers that an article is about, each once: “Enterprise”."""
    tiers = dict.fromkeys(row["tier"] for row in article.available if row["tier"])
    return [capfirst(said(tier)) for tier in tiers]
