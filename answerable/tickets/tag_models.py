"""Tags: words of the vendor's own that tickets are filed by."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from answerable.accounts.models import Agent


class TagQuerySet(models.QuerySet["Tag"]):
    def in_use(self) -> TagQuerySet:
        """Those that were not merged into another."""
        return self.filter(merged_into=None)


class Tag(models.Model):
    """A word that tickets are filed by. Its slug stays when it is renamed.

    One that was merged leads on to the other, for whoever still knows its slug.
    """

    slug = models.SlugField(max_length=60, unique=True, allow_unicode=True)
    name = models.CharField(max_length=60)
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="merged_tags", db_index=False
    )
    made_by = models.ForeignKey(
        Agent, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    tickets = models.ManyToManyField(
        "tickets.Ticket", through="tickets.TicketTag", related_name="tags"
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="tag_named_once", condition=Q(merged_into=None)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TicketTag(models.Model):
    """A ticket has a tag."""

    ticket = models.ForeignKey(
        "tickets.Ticket", models.CASCADE, related_name="ticket_tags", db_index=False
    )
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="ticket_tags", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "tag"], name="tagged_once"),
        ]
        indexes = [models.Index(fields=["tag", "ticket"], name="ticket_by_tag")]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.ticket_id}"
