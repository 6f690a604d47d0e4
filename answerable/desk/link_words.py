"""What is wrong with the links that somebody writes to a customer, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from answerable.knowledge.access import texts_readable_by
from answerable.knowledge.linking import asked, why
from answerable.knowledge.models import ArticleText, OldAddress
from answerable.knowledge.rendering import anchors_of, rendered
from answerable.lib.markdown import BARE, without_trailing
from answerable.lib.outbound.deciding import is_public
from answerable.tickets.models import Ticket

MOST_LINKS = 5
MOST_JUDGED = 50
UNSAFE = re.compile(
    r"\]\(\s*((?!https?:|mailto:|tel:)[a-z][a-z0-9+.\-]*:[^)\s]*)", re.IGNORECASE
)
RELATIVE = re.compile(r"\]\(\s*((?:[/#?.])[^)\s]*)")
# Rooms whose pages open for agents alone.
AGENTS_ONLY = {"desk", "office", "authoring", "reports"}
# What ends names that only a company's own network knows.
OWN_NETWORK = (".local", ".localhost", ".internal", ".intranet", ".lan", ".corp", ".home.arpa")
LONGEST = 120


@dataclass(frozen=True, slots=True)
class WrongLink:
    """A link, and what is wrong with it."""

    target: str
    why: str


def wrong_links(text: str, ticket: Ticket, at: datetime) -> list[WrongLink]:
    """Return the links of a text that lead nowhere, or nowhere for the customer; of those to
    other sites the first five are asked for."""
    wrong = wrong_inside(text, ticket, at)
    known = {one.target for one in wrong}
    outside = [
        one for one in _targets(text) if not _is_ours(one) and one[:LONGEST] not in known
    ]
    for target in outside[:MOST_LINKS]:
        judged = asked(target)
        if judged.reason:
            wrong.append(WrongLink(target[:LONGEST], why(judged.reason, judged.values or {})))
    return wrong


def wrong_inside(text: str, ticket: Ticket, at: datetime) -> list[WrongLink]:
    """Return the links of a text that are wrong by what we know ourselves: nobody is asked."""
    unsafe = [
        WrongLink(m[:LONGEST], _("It is no address of a page")) for m in UNSAFE.findall(text)
    ]
    relative = [
        WrongLink(m[:LONGEST], _("It leads nowhere from a mail. Write the whole address."))
        for m in RELATIVE.findall(text)
    ]
    judged = (
        (target, _of_ours(target, ticket, at) if _is_ours(target) else _of_others(target))
        for target in _targets(text)[:MOST_JUDGED]
    )
    known = [WrongLink(target[:LONGEST], words) for target, words in judged if words]
    return [*unsafe, *relative, *known]


def _targets(text: str) -> list[str]:
    return list(dict.fromkeys(without_trailing(found) for found in BARE.findall(text)))


def _is_ours(target: str) -> bool:
    base = settings.ANSWERABLE_URL.lower()
    return target.lower() == base or target.lower().startswith((f"{base}/", f"{base}#"))


def _of_others(target: str) -> str:
    """Return that a host is one which only a company's own network knows."""
    try:
        host = (urlsplit(target).hostname or "").rstrip(".")
    except ValueError:
        return _("It is no address of a page")
    if _is_inside(host):
        return _("{host} is a machine of your own network. Customers cannot open it.").format(
            host=host
        )
    return ""


def _is_inside(host: str) -> bool:
    try:
        return not is_public(ip_address(host))
    except ValueError:
        return "." not in host or host.endswith(OWN_NETWORK)


def _of_ours(target: str, ticket: Ticket, at: datetime) -> str:
    """Return what is wrong with a link to one of our pages, for the customer of a ticket."""
    parts = urlsplit(target)
    path = parts.path or "/"
    try:
        room = next(iter(resolve(path).app_names), "")
    except Resolver404:
        return why("no_page", {"target": path})
    if room in AGENTS_ONLY:
        return _("Only agents can open this page.")
    named = path.strip("/").split("/")
    if room == "help" and len(named) == 3:
        language, slug = named[1], unquote(named[2])
        return next(_of_article(language, slug, unquote(parts.fragment), ticket, at), "")
    return ""


def _of_article(
    language: str, slug: str, anchor: str, ticket: Ticket, at: datetime
) -> Iterator[str]:
    """Yield what is wrong with a link to an article, worst first."""
    texts = ArticleText.objects.select_related("article", "current__source")
    text = texts.filter(language=language, slug=slug).first()
    if text is None or text.current is None:
        if not OldAddress.objects.filter(language=language, slug=slug).exists():
            yield why("no_article", {"target": f"/help/{language}/{slug}/"})
        return
    title = text.current.title
    if text.article.removed_at:
        yield why("removed", {"title": title})
    elif not texts_readable_by(ticket.requester, at).filter(pk=text.pk).exists():
        yield _("“{title}” is not for this customer's plan.").format(title=title)
    elif anchor and anchor not in _anchors(text):
        yield why("no_heading", {"title": title, "anchor": anchor})


def _anchors(text: ArticleText) -> set[str]:
    if text.current is None:
        return set()
    known = {heading.anchor for heading in rendered(text.current).headings}
    source = text.current.source
    return known | (set(anchors_of(source.body)) if source else set())
