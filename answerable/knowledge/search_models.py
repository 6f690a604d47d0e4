"""The index of search: what articles say, in passages and words. It can be made anew."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models


class Passage(models.Model):
    """A few sentences of a published text, as they are shown among what was found."""

    text = models.ForeignKey(
        "knowledge.ArticleText", models.CASCADE, related_name="passages", db_index=False
    )
    position = models.PositiveIntegerField()
    anchor = models.CharField(max_length=200, blank=True)
    headings = models.CharField(max_length=500, blank=True)  # from the highest down
    words = models.TextField()
    # What it says, and what the headings above it say; so nobody need read it to choose it.
    terms = ArrayField(models.TextField(), default=list)
    heading_terms = ArrayField(models.TextField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="passage_has_its_position", fields=["text", "position"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}.{self.position}"


class Posting(models.Model):
    """How much a term says about a published text (`core.weighing`)."""

    text = models.ForeignKey("knowledge.ArticleText", models.CASCADE, related_name="postings")
    language = models.CharField(max_length=12)
    term = models.CharField(max_length=60)
    weight = models.FloatField()

    class Meta:
        indexes = [
            # A question reads these rows and nothing else of the table.
            models.Index(
                name="posting_of_term",
                fields=["language", "term"],
                include=["text", "weight"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} in {self.text_id}"


class Word(models.Model):
    """A word that some article had when it was indexed, and its term: its stem, folded.

    Words are only added; what no article has any more finds nothing, until all is indexed anew.
    """

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=60)
    term = models.CharField(max_length=60)
    # What it is found by when it is misspelt (`core.typos`), with its language before each.
    shapes = ArrayField(models.TextField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="word_once", fields=["language", "word"]),
        ]
        indexes = [
            models.Index(name="word_by_term", fields=["language", "term"]),
            # As it is typed: the words that begin so.
            models.Index(
                "language", OpClass(models.F("word"), "varchar_pattern_ops"), name="word_begins"
            ),
            GinIndex(name="word_by_shape", fields=["shapes"]),
        ]

    def __str__(self) -> str:
        return self.word


class SynonymGroup(models.Model):
    """Words that mean the same to the vendor's customers, in one language."""

    language = models.CharField(max_length=12)
    words = ArrayField(models.CharField(max_length=100))
    terms = ArrayField(
        models.TextField()
    )  # of all of them, by which a question finds its groups

    class Meta:
        indexes = [GinIndex(name="synonyms_by_term", fields=["terms"])]

    def __str__(self) -> str:
        return ", ".join(self.words)
