"""Which tags there are, and which a ticket has."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count

from answerable.tickets.models import Tag, Ticket

MOST = 300


def tags_of(ticket: Ticket) -> list[Tag]:
    """Return the tags of a ticket by name."""
    return list(Tag.objects.filter(ticket_tags__ticket=ticket).order_by("name"))


def often_used() -> list[Tag]:
    """Return the tags that most tickets have, at most 300; each says with `used` how many."""
    counted = Tag.objects.in_use().annotate(used=Count("ticket_tags"))
    return list(counted.order_by("-used", "name")[:MOST])


def tags_known(slugs: Collection[str]) -> list[Tag]:
    """Return the tags of slugs; one that was merged is the one that it was merged into."""
    found = Tag.objects.filter(slug__in=slugs).select_related("merged_into")
    return list({(tag.merged_into or tag).pk: tag.merged_into or tag for tag in found}.values())
