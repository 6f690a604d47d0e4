"""An article is one answer, in several languages; each has versions that never change."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from answerable.accounts.models import Agent
from answerable.files.models import StoredFile
from answerable.knowledge.care_models import ArticleLink, ImportedText, TranslationOrder
from answerable.knowledge.search_models import Passage, Posting, SynonymGroup, Word
from answerable.knowledge.visit_models import Reading, Story, Visit
from answerable.knowledge.vote_models import ArticleVote, ReadBefore, ReadingDay

__all__ = [
    "Article",
    "ArticleChange",
    "ArticleDraft",
    "ArticleFile",
    "ArticleLink",
    "ArticleText",
    "ArticleVersion",
    "ArticleVote",
    "Category",
    "CategoryName",
    "ImportedText",
    "OldAddress",
    "Passage",
    "Posting",
    "ReadBefore",
    "Reading",
    "ReadingDay",
    "Story",
    "SynonymGroup",
    "TranslationOrder",
    "Visit",
    "Word",
]


class Category(models.Model):
    """A shelf of the help centre."""

    key = models.SlugField(unique=True)
    position = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.key


class CategoryName(models.Model):
    """What a category is called in one language."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="names")
    language = models.CharField(max_length=12)
    name = models.CharField(max_length=100)
    says = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="category_has_one_name_in_a_language", fields=["category", "language"]
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """One answer of the help centre. Its texts say it, one in each language.

    `available` says with which subscriptions what it tells about comes: rows of
    `{"product": ..., "tier": ...}`, none for all. `plans` are the keys of the plans whose
    customers alone may read it, none for everybody.
    """

    key = models.SlugField(max_length=120, unique=True)
    category = models.ForeignKey(
        Category, models.SET_NULL, null=True, blank=True, related_name="articles"
    )
    official = models.CharField(max_length=12, default="en")  # the language that prevails
    owner = models.ForeignKey(
        Agent, models.SET_NULL, null=True, blank=True, related_name="articles"
    )
    review_on = models.DateField(null=True, blank=True)
    products = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    available = models.JSONField(default=list, blank=True)
    plans = ArrayField(models.SlugField(), default=list, blank=True)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaces"
    )

    def __str__(self) -> str:
        return self.key


class ArticleText(models.Model):
    """An article in one language. `current` is the version that readers see, None for none.

    `slug` is its place in addresses: /help/<language>/<slug>/.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    slug = models.SlugField(max_length=160)
    current = models.ForeignKey(
        "ArticleVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="article_has_one_text_in_a_language", fields=["article", "language"]
            ),
            models.UniqueConstraint(
                name="article_slug_in_its_language", fields=["language", "slug"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} ({self.language})"


class ArticleVersion(models.Model):
    """A text of an article as published. It never changes; `checked` says who read it over.

    `source` is the official version that a translation says, None for the official text
    itself. `by_software` is true for what a machine translated, until a person has checked it.
    """

    text = models.ForeignKey(ArticleText, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField()  # Markdown
    note = models.CharField(max_length=300, blank=True)  # what changed, for the reader
    by_software = models.BooleanField(default=False)
    source = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="translations"
    )
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        Agent, models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        Agent, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="article_version_has_its_number", fields=["text", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"


class ArticleDraft(models.Model):
    """The next version of a text, or an article's first, as one writer has it so far."""

    text = models.ForeignKey(
        ArticleText, models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    writer = models.ForeignKey(Agent, models.CASCADE, related_name="article_drafts")
    based_on = models.ForeignKey(
        ArticleVersion, models.CASCADE, null=True, blank=True, related_name="+"
    )
    title = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    note = models.CharField(max_length=300, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="article_draft_by_writer", fields=["text", "writer"]),
        ]

    def __str__(self) -> str:
        return f"draft of {self.text_id} by {self.writer_id}"


class OldAddress(models.Model):
    """Where an article's text was found before; it leads on to where it is now."""

    language = models.CharField(max_length=12)
    slug = models.CharField(max_length=300)
    article = models.ForeignKey(Article, models.CASCADE, related_name="old_addresses")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="old_address_leads_to_one", fields=["language", "slug"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}/{self.slug}"


class ArticleFile(models.Model):
    """A picture or video that an article shows: `![words](file:12)` names it by its key.

    Whoever may read its article may see it. Without an article it was added to a draft of one
    that is not there yet; the first article that is published with it takes it.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="files"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    added_by = models.ForeignKey(
        Agent, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class ArticleChange(models.Model):
    """Who changed what about an article beside its words, and when. Lines are only added."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="changes")
    what = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["article", "-at"], name="change_of_article")]

    def __str__(self) -> str:
        return f"{self.what} of {self.article_id}"
