"""Files tickets by tags, and looks after the tags."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from answerable.accounts.models import Agent
from answerable.tickets.actions.held import Empty, TooLong, hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Tag, Ticket, TicketEvent, TicketTag
from answerable.tickets.text import clean, first_line

LONGEST_NAME = 60
AT_MOST = 50


class TagNameTaken(Exception):
    """Another tag has this name."""


class TooManyTags(Exception):
    """A ticket has as many tags as it can have."""


@transaction.atomic
def add_tag(name: str, *, by: Agent | None, at: datetime) -> Tag:
    """Return the tag of a name, in whatever case it is written; make it if there is none.

    Raises Empty or TooLong.
    """
    name = _name(name)
    found = Tag.objects.in_use().filter(name__iexact=name).first()
    return found or Tag.objects.create(slug=_free_slug(name), name=name, made_by=by, made_at=at)


@transaction.atomic
def rename_tag(tag: Tag, name: str) -> None:
    """Give a tag another name; its slug stays. Raises Empty, TooLong or TagNameTaken."""
    name = _name(name)
    if Tag.objects.in_use().filter(name__iexact=name).exclude(pk=tag.pk).exists():
        raise TagNameTaken
    tag.name = name
    tag.save(update_fields=["name"])


@transaction.atomic
def merge_tags(tag: Tag, *, into: Tag) -> int:
    """Let what has one tag have another in its place, and return how many tickets had it.

    Nothing is written in the tickets' logs: none is filed otherwise than before.
    """
    if tag.pk == into.pk or into.merged_into_id:
        raise TagNameTaken
    had = TicketTag.objects.filter(tag=tag)
    number = had.count()
    had.filter(ticket__in=TicketTag.objects.filter(tag=into).values("ticket")).delete()
    TicketTag.objects.filter(tag=tag).update(tag=into)
    Tag.objects.filter(merged_into=tag).update(merged_into=into)
    tag.merged_into = into
    tag.save(update_fields=["merged_into"])
    return number


@transaction.atomic
def tag_ticket(
    ticket: Ticket, tags: Iterable[Tag], *, agent: Agent | None, at: datetime
) -> list[Tag]:
    """File a ticket by tags, and return those that it did not have. Raises TooManyTags."""
    ticket = hold(ticket)
    has = set(TicketTag.objects.filter(ticket=ticket).values_list("tag", flat=True))
    new = [tag for tag in {tag.pk: tag for tag in tags}.values() if tag.pk not in has]
    if len(has) + len(new) > AT_MOST:
        raise TooManyTags
    TicketTag.objects.bulk_create(TicketTag(ticket=ticket, tag=tag) for tag in new)
    _tell(ticket, Verb.TAGGED, new, agent, at)
    return new


@transaction.atomic
def untag_ticket(
    ticket: Ticket, tags: Iterable[Tag], *, agent: Agent | None, at: datetime
) -> list[Tag]:
    """Take tags from a ticket, and return those that it had."""
    ticket = hold(ticket)
    pairs = TicketTag.objects.filter(ticket=ticket, tag__in=[tag.pk for tag in tags])
    gone = [pair.tag for pair in pairs.select_related("tag").order_by("tag__name")]
    pairs.delete()
    _tell(ticket, Verb.UNTAGGED, gone, agent, at)
    return gone


@transaction.atomic
def set_tags(
    ticket: Ticket, tags: Collection[Tag], *, agent: Agent | None, at: datetime
) -> None:
    """File a ticket by these tags and no others. Raises TooManyTags."""
    kept = {tag.pk for tag in tags}
    others = Tag.objects.filter(ticket_tags__ticket=ticket).exclude(pk__in=kept)
    untag_ticket(ticket, list(others), agent=agent, at=at)
    tag_ticket(ticket, tags, agent=agent, at=at)


def _tell(
    ticket: Ticket, verb: Verb, tags: list[Tag], agent: Agent | None, at: datetime
) -> None:
    if tags:
        data = {"tags": [tag.name for tag in tags], "slugs": [tag.slug for tag in tags]}
        record(TicketEvent(ticket=ticket, verb=verb, agent=agent, at=at, data=data))


def _name(name: str) -> str:
    name = first_line(clean(name))
    if not name:
        raise Empty
    if len(name) > LONGEST_NAME:
        raise TooLong(str(len(name)))
    return name


def _free_slug(name: str) -> str:
    """Return a slug that no tag has or had."""
    wanted = slugify(name, allow_unicode=True)[: LONGEST_NAME - 8] or "tag"
    taken = set(Tag.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)
