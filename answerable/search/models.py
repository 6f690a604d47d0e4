"""The index over all tickets. It can be made anew."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from answerable.tickets.models import Ticket


class Document(models.Model):
    """All words of a ticket, and marks by which it is narrowed down.

    `#b7` is the part of the index that it belongs to, `#c12` its customer, `#p3` who asks,
    `#a4` an agent who wrote on it, `#o4` whose it is, `#sopen` how it stands, `#y2026` and
    `#m202611` the year and the month of its last change; `#file` and `#note`: it has one. No
    word begins so.

    `pairs` has a number for every two words that stand side by side: those of a phrase are
    found without looking at all tickets that have its words somewhere.
    """

    ticket = models.OneToOneField(
        Ticket, models.CASCADE, primary_key=True, related_name="search_document"
    )
    words = SearchVectorField()
    pairs = ArrayField(models.IntegerField(), null=True)  # None: from before there were any

    class Meta:
        indexes = [
            GinIndex(
                name="document_by_word_and_pair", fields=["words", "pairs"], fastupdate=False
            ),
            models.Index(
                name="document_from_before",
                fields=["ticket"],
                condition=models.Q(pairs__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.ticket_id}"


class Part(models.Model):
    """The tickets of some numbers in a row: days, by UTC, since and until which each of them
    changed last. They may be further apart, never closer."""

    number = models.IntegerField(primary_key=True)
    since = models.DateField()
    until = models.DateField()

    def __str__(self) -> str:
        return f"{self.number}: {self.since} to {self.until}"


class Word(models.Model):
    """A word that some ticket had when it was indexed, for those who mistype it.

    Words are only added: one that no ticket has any more finds nothing.
    """

    word = models.CharField(max_length=24, primary_key=True)
    shapes = ArrayField(models.TextField())

    class Meta:
        indexes = [GinIndex(name="search_word_by_shape", fields=["shapes"])]

    def __str__(self) -> str:
        return self.word
