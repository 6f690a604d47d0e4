"""Where people answer without signing in: by what stands in the links of their mail."""

from __future__ import annotations

from django.conf import settings

from answerable.accounts.tokens import digest_of
from answerable.surveys.models import Survey


def survey_url(token: str, answer: int = 0) -> str:
    """Return the page of a survey, with an answer chosen before; looking keeps nothing."""
    chosen = f"?answer={answer}" if answer else ""
    return f"{settings.ANSWERABLE_URL}/survey/{token}/{chosen}"


def no_more_url(token: str) -> str:
    """Return the page on which somebody says that they want to be asked no more."""
    return f"{settings.ANSWERABLE_URL}/survey/{token}/no-more/"


def survey_of(token: str) -> Survey | None:
    """Return the survey whose token this is, asked before or just now; else None."""
    found = Survey.objects.asked().filter(token=digest_of(token))
    return found.select_related("ticket", "contact").first()
