"""Brings what is known of an imported article, and the pictures that it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from posixpath import basename
from urllib.parse import unquote, urlsplit

from answerable.accounts.models import Agent
from answerable.files.actions import Content
from answerable.files.core.sniff import type_of
from answerable.files.models import PICTURES
from answerable.knowledge.actions.facts import About, change_facts, facts_of
from answerable.knowledge.actions.files import add_file
from answerable.knowledge.core.imported import Imported, Picture
from answerable.knowledge.core.links import Link, rewritten
from answerable.knowledge.models import Article, ArticleFile, Category
from answerable.lib.outbound.words import Unfetched

# Takes the address of a picture of the web; returns it. Raises Unfetched.
Fetch = Callable[[str], bytes]
LARGEST = 25_000_000
VIDEOS = ("video/mp4", "video/webm", "application/pdf")


class NoPicture(Exception):
    """A picture that is not taken; the words say why."""


@dataclass(frozen=True, slots=True)
class Bringing:
    """What an article's facts are brought with: its shelf, whether it is new, by whom, when."""

    category: Category | None
    is_new: bool
    by: Agent | None
    at: datetime


def bring_facts(article: Article, one: Imported, bringing: Bringing) -> None:
    """Let an article have the facts that its source knows; what that does not say, stays."""
    known = facts_of(article)
    about = replace(
        known,
        category=bringing.category or known.category,
        owner=owner_of(one) or known.owner or (bringing.by if bringing.is_new else None),
        review_on=one.review_on or known.review_on,
        products=one.products or known.products,
        available=one.available or known.available,
        plans=one.plans or known.plans,
    )
    if not bringing.is_new:
        about = _moved(about, known)
    change_facts(
        article,
        about,
        by=bringing.by,
        at=bringing.at,
    )


def _moved(about: About, known: About) -> About:
    """Return facts of an article that is here already: who looks after it here stays."""
    return replace(
        about, owner=known.owner or about.owner, category=known.category or about.category
    )


def owner_of(one: Imported) -> Agent | None:
    """Return the agent whose address a text names as its owner."""
    if not one.owner:
        return None
    return Agent.objects.active().filter(user__email__iexact=one.owner).first()


def pictured(
    one: Imported,
    body: str,
    article: Article,
    fetch: Fetch | None,
    by: Agent | None,
    at: datetime,
) -> tuple[str, list[str]]:
    """Return a body that shows pictures of ours, and what could not be taken, in words."""
    remarks = []
    named: dict[str, str] = {}
    for picture in one.pictures:
        try:
            data = _bytes(picture, fetch)
        except NoPicture as error:
            remarks.append(str(error))
            continue
        file = _kept(article, data, _name(picture), by, at)
        named[picture.target] = f"file:{file.pk}"
    if one.owner and owner_of(one) is None:
        remarks.append(f"Nobody here has the address {one.owner}, so it has no owner.")

    def lead(link: Link) -> str:
        return named.get(link.target, link.target)

    return rewritten(body, lead), remarks


def _bytes(picture: Picture, fetch: Fetch | None) -> bytes:
    if picture.file is None:
        if fetch is None:
            raise NoPicture(f"{picture.target} is not fetched now.")
        try:
            data = fetch(picture.url)
        except Unfetched as error:
            raise NoPicture(f"{picture.target} could not be had: {error}") from error
    else:
        if picture.file.stat().st_size > LARGEST:
            raise NoPicture(f"{picture.target} is larger than {LARGEST // 1_000_000} MB.")
        data = picture.file.read_bytes()
    kind = type_of(data[:4096])
    if kind not in (*PICTURES, *VIDEOS):
        raise NoPicture(f"{picture.target} is no picture that can be shown ({kind}).")
    return data


def _kept(
    article: Article, data: bytes, name: str, by: Agent | None, at: datetime
) -> ArticleFile:
    """Return the file of an article that has these bytes; a new one where it has none."""
    there = ArticleFile.objects.filter(article=article, file__sha256=sha256(data).hexdigest())
    return there.first() or add_file(article, Content.of(data), name, by=by, at=at)


def _name(picture: Picture) -> str:
    if picture.file:
        return picture.file.name
    return basename(unquote(urlsplit(picture.url).path)) or "picture"
