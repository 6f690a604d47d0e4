"""What somebody answered, in words."""

from __future__ import annotations

from django import template

from answerable.entitlements.survey_words import answer_words
from answerable.surveys.models import Survey

register = template.Library()


@register.filter
def answer(survey: Survey) -> str:
    """Return the answer that was given."""
    return answer_words(survey.terms.scale, survey.answer) if survey.answer else ""
