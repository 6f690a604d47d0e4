"""Who may read which articles. The page, search, the widget, the sitemap and exports ask here.

An article may be for the customers of some plans alone. For everybody else there is no such
article. Agents read all.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from answerable.accounts.access import agent_of, contact_of
from answerable.accounts.models import Agent, Contact
from answerable.entitlements.models import Adoption, Contract
from answerable.entitlements.queries import followed
from answerable.knowledge.models import Article, ArticleFile, ArticleText
from answerable.live.guards import Reader

# Somebody who reads: an agent, a contact, or nobody that we know.
Person = Agent | Contact | None


def person_of(reader: Reader) -> Person:
    """Return who reads, from who is signed in."""
    return agent_of(reader) or contact_of(reader)


def readable_by(person: Person, at: datetime) -> QuerySet[Article]:
    """Return the articles that somebody may read: no removed one, and none of other plans.

    Evaluated, it takes one query, and for a contact one more before it.
    """
    return Article.objects.filter(allowed_to(person, at), removed_at=None)


def texts_readable_by(person: Person, at: datetime) -> QuerySet[ArticleText]:
    """Return the published texts of the articles that somebody may read."""
    allowed = allowed_to(person, at, "article__")
    return ArticleText.objects.filter(allowed, article__removed_at=None, current__isnull=False)


def files_readable_by(person: Person, at: datetime) -> QuerySet[ArticleFile]:
    """Return the pictures and videos that somebody may see: those of what they may read.

    Agents see those of drafts and of removed articles, too.
    """
    if isinstance(person, Agent):
        return ArticleFile.objects.all()
    return ArticleFile.objects.filter(article__in=readable_by(person, at))


def allowed_to(person: Person, at: datetime, of: str = "") -> Q:
    """Return the condition under which somebody may read an article, removed or not.

    `of` leads to the article from the table that is asked: "article__".
    """
    if isinstance(person, Agent):
        return Q()
    open_to_all = Q(**{f"{of}plans": []})
    plans = plans_of(person, at)
    return open_to_all | Q(**{f"{of}plans__overlap": plans}) if plans else open_to_all


def plans_of(person: Person, at: datetime) -> list[str]:
    """Return the keys of the plans that a contact's customer has at an instant. One query."""
    if not isinstance(person, Contact) or person.left_at is not None:
        return []
    contracts = Contract.objects.in_force(at).filter(customer_id=person.customer_id)
    adoptions = Adoption.objects.filter(contract__in=contracts)
    light = adoptions.select_related("plan_version__plan").defer("plan_version__document")
    return sorted({one.plan_version.plan.key for one in followed(light, at)})
