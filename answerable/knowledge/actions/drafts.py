"""Keeps what writers have typed so far: each has a draft of a text to themselves."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from answerable.accounts.models import Agent
from answerable.knowledge.models import ArticleDraft, ArticleText, ArticleVersion


@dataclass(frozen=True, slots=True)
class Written:
    """The words of an article: what readers see, and `note`, which says what changed."""

    title: str = ""
    body: str = ""
    summary: str = ""
    note: str = ""


def begin_draft(
    text: ArticleText | None, *, writer: Agent, at: datetime, written: Written | None = None
) -> ArticleDraft:
    """Begin the next version of a text; the draft that its writer has already stays as it is.

    It begins with `written`, else with what readers see now. Without a text it is of an article
    that is not there yet, and each is another draft.
    """
    current = text.current if text else None
    begun = asdict(written or words_of(current)) | {"saved_at": at}
    if text is None:
        return ArticleDraft.objects.create(writer=writer, **begun)
    begun["based_on"] = current
    return ArticleDraft.objects.get_or_create(text=text, writer=writer, defaults=begun)[0]


def keep_draft(draft: ArticleDraft, written: Written, *, at: datetime) -> ArticleDraft:
    """Keep what its writer has typed so far."""
    for name, value in asdict(written).items():
        setattr(draft, name, value)
    draft.saved_at = at
    draft.save(update_fields=[*asdict(written), "saved_at"])
    return draft


def discard_draft(draft: ArticleDraft) -> None:
    """Throw a draft away."""
    draft.delete()


def rebase_draft(draft: ArticleDraft, onto: ArticleVersion) -> None:
    """Let a draft come after a version that was published since. Its words stay."""
    draft.based_on = onto
    draft.save(update_fields=["based_on"])


def words_of(version: ArticleVersion | None) -> Written:
    """Return the words of a version, without the note that was about it; of none, none."""
    if version is None:
        return Written()
    return Written(version.title, version.body, version.summary)
