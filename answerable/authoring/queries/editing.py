"""What the editor of a text shows: the draft, its preview, and the official text beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe

from answerable.accounts.models import Agent
from answerable.authoring.queries.versions import changes, whole
from answerable.knowledge.actions import Written
from answerable.knowledge.core.line_changes import Line
from answerable.knowledge.filling import Reading, filled
from answerable.knowledge.models import (
    Article,
    ArticleDraft,
    ArticleText,
    ArticleVersion,
)
from answerable.knowledge.rendering import anchors_of, rendered_text


@dataclass(frozen=True, slots=True)
class Opened:
    """What the editor is about: a language of an article, its text and draft, if there are."""

    article: Article
    language: str
    text: ArticleText | None
    draft: ArticleDraft | None
    official: ArticleText | None

    @property
    def current(self) -> ArticleVersion | None:
        """What readers see."""
        return self.text.current if self.text else None

    @property
    def base(self) -> ArticleVersion | None:
        """The version that the draft was begun from."""
        return self.draft.based_on if self.draft else self.current

    @property
    def newer(self) -> ArticleVersion | None:
        """What somebody published since the draft was begun."""
        current = self.current
        return current if self.draft and current and current != self.draft.based_on else None

    @property
    def source(self) -> ArticleVersion | None:
        """The official version to translate; None for the official text itself."""
        return self.official.current if self.official else None

    @property
    def is_translation(self) -> bool:
        """Whether another language prevails."""
        return self.language != self.article.official

    @property
    def written(self) -> Written:
        """What there is to edit: the draft, else what readers see."""
        found = self.draft or self.current
        if found is None:
            return Written()
        note = self.draft.note if self.draft else ""
        return Written(found.title, found.body, found.summary, note)


def opened(
    article: Article, language: str, text: ArticleText | None, draft: ArticleDraft | None
) -> Opened:
    """Return what the editor is about."""
    official = None
    if language != article.official:
        texts = article.texts.select_related("current")
        official = texts.filter(language=article.official).first()
    return Opened(article, language, text, draft, official)


def drawn(body: str, source: ArticleVersion | None, agent: Agent, at: datetime) -> SafeString:
    """Return Markdown as its readers will see it, but for what their contract fills in."""
    anchors = anchors_of(source.body) if source else ()
    html = filled(rendered_text(body, anchors), Reading(agent, at))
    # The page has regions of its own; what is written in a text can only stand here escaped.
    return mark_safe(html.replace('role="region"', 'role="group"'))  # noqa: S308


def official_changes(opened: Opened) -> Sequence[Line]:
    """Return what the official text says otherwise than what this translation says."""
    current, source = opened.current, opened.source
    if current is None or current.source is None or source is None or current.source == source:
        return ()
    return changes(whole(current.source), whole(source))


def conflict(opened: Opened) -> Sequence[Line]:
    """Return what somebody published since, line by line beside what the draft began from."""
    newer = opened.newer
    if newer is None:
        return ()
    return changes(whole(opened.base) if opened.base else "", whole(newer))
