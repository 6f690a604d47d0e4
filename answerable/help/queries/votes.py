"""How the question whether an article helped stands for its reader."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.help.forms import ReasonForm
from answerable.knowledge.models import ArticleVote


@dataclass(frozen=True, slots=True)
class Voted:
    """What a reader said: yes, no, or nothing yet; and whether they are asked for more.

    `failed`: what they said now could not be kept.
    """

    helpful: bool | None
    form: ReasonForm
    asks: bool
    failed: bool = False

    @property
    def is_noted(self) -> bool:
        """Whether there is nothing more to say."""
        return self.helpful is not None and not self.asks and not self.failed


def voted(vote: ArticleVote | None, form: ReasonForm | None = None) -> Voted:
    """Return how the question stands: after a no, its reader is asked what was missing."""
    if vote is None:
        return Voted(None, form or ReasonForm(), asks=False)
    said = {"reason": vote.reason, "words": vote.words}
    asks = not vote.helpful and (not vote.reason or form is not None)
    return Voted(vote.helpful, form or ReasonForm(initial=said), asks)
