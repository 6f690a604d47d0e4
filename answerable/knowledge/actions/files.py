"""Keeps the pictures and videos that articles show."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.files.actions import Content, keep
from answerable.files.core.names import kept_name
from answerable.knowledge.core.named_files import named_files
from answerable.knowledge.models import Article, ArticleFile


@transaction.atomic
def add_file(
    article: Article | None, content: Content, name: str, *, by: Agent | None, at: datetime
) -> ArticleFile:
    """Keep a file for an article to show; without one, for the article it is published with.

    The same file of the same article is the one that is there.
    """
    file = keep(content, at=at)
    there = ArticleFile.objects.filter(article=article, file=file, added_by=by).first()
    return there or ArticleFile.objects.create(
        article=article, file=file, name=kept_name(name), added_by=by, added_at=at
    )


def drop_file(file: ArticleFile) -> None:
    """Take a file away from its article; where a version names it, its words stand instead."""
    file.delete()


def take_files(article: Article, body: str) -> None:
    """Let the files that a text names belong to its article, unless they are another's."""
    ArticleFile.objects.filter(article=None, pk__in=named_files(body)).update(article=article)
