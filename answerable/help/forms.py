"""What readers are asked when an article did not help."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from answerable.knowledge.actions.votes import LONGEST_WORDS
from answerable.knowledge.models import ArticleVote

REASONS = [
    (ArticleVote.Reason.OTHER_PROBLEM, _("Not my problem")),
    (ArticleVote.Reason.STEPS, _("Steps do not work")),
    (ArticleVote.Reason.OUTDATED, _("Out of date")),
    (ArticleVote.Reason.HARD, _("Hard to read")),
    (ArticleVote.Reason.TRANSLATION, _("Translation")),
]


class ReasonForm(forms.Form):
    """What was missing in an article."""

    use_required_attribute = False

    reason = forms.ChoiceField(
        label=_("What was missing?"),
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select what was missing"),
            "invalid_choice": _("Select what was missing"),
        },
    )
    words = forms.CharField(
        label=_("Tell us more"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Your words must be 2,000 characters or fewer")},
    )
