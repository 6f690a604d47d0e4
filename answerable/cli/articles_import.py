"""`answerable articles import`: what another help centre gave out becomes articles here."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.timezone import now

from answerable.accounts.models import Agent
from answerable.cli.progress import Progress
from answerable.cli.say import say
from answerable.cli.wrong import Wrong
from answerable.knowledge.actions import How, Outcome, import_articles
from answerable.knowledge.core.imported import NotTaken, Read, Unreadable
from answerable.knowledge.importing.places import read
from answerable.knowledge.shipped import SHIPPED
from answerable.lib.outbound.client import Ask, client
from answerable.lib.outbound.words import Unfetched

LARGEST_PICTURE = 15_000_000
OK = 200
COUNTED = {
    "new": "new",
    "changed": "changed",
    "same": "as they were",
    "draft": "drafts",
    "kept": "left as they are here",
    "refused": "not taken",
}
SAID = {
    "new": "new",
    "changed": "changed",
    "same": "as it was",
    "draft": "a draft",
    "kept": "left",
    "refused": "not taken",
}


def run(options: argparse.Namespace) -> int:
    """Import all articles of a place; return 1 when some were not taken."""
    place = SHIPPED if options.shipped else options.place
    if place is None:
        raise Wrong("Name a folder or a file, or take our own articles with --shipped.")
    by = agent_named(options.agent)
    found = _read(place, options)
    progress = Progress("Importing", len(found.articles))
    how = How(
        by=by,
        over=options.over,
        fetch=None if options.tries or options.no_pictures else fetched,
        told=progress.is_at,
    )
    with transaction.atomic():
        outcomes = import_articles(found, how, at=now())
        if options.tries:
            transaction.set_rollback(True)
    progress.end()
    tell(outcomes, found.refused)
    if options.tries:
        say("Nothing was written: this was a try.")
    return 1 if found.refused or any(one.what == "refused" for one in outcomes) else 0


def _read(place: Path, options: argparse.Namespace) -> Read:
    try:
        return read(place, kind=options.kind or "", language=options.language)
    except Unreadable as error:
        raise Wrong(str(error)) from error
    except OSError as error:
        raise Wrong(f"Cannot read {error.filename}: {error.strerror}.") from error


def agent_named(email: str | None) -> Agent | None:
    """Return the agent of an address; None when nobody is named."""
    if not email:
        return None
    agent = Agent.objects.active().filter(user__email__iexact=email).first()
    if agent is None:
        raise Wrong(f"There is no agent with the address {email}.")
    return agent


def fetched(url: str) -> bytes:
    """Return a picture of the web. Raises Unfetched."""
    answer = client().fetch(Ask(url, most_bytes=LARGEST_PICTURE))
    if answer.status != OK:
        raise Unfetched("status", host=urlsplit(url).hostname or "", status=answer.status)
    return answer.body


def tell(outcomes: Sequence[Outcome], refused: Sequence[NotTaken]) -> None:
    """Say what became of each text that is not as it was, and of all together."""
    for one in outcomes:
        if one.what != "same" or one.remarks:
            say(f"{one.name}: {SAID[one.what]} {one.address}".rstrip())
            for remark in one.remarks:
                say(f"    {remark}")
    for not_taken in refused:
        say(f"{not_taken.name}: not taken")
        say(f"    {not_taken.why}")
    counts = Counter(one.what for one in outcomes)
    counts["refused"] += len(refused)
    say(", ".join(f"{counts[what]} {words}" for what, words in COUNTED.items()) + ".")
