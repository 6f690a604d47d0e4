"""What customers write on a request that there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from answerable.intake.severity_form import SeverityForm
from answerable.intake.words_field import Words
from answerable.portal.queries.severity import Page
from answerable.sla.words import said
from answerable.tickets.actions import Impact


class ChangeForm(SeverityForm):
    """Another severity for a request that was sent."""

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_severity(page.terms, [choice.key for choice in page.choices])
        self.fill_in(page.answers)


class AnswerForm(forms.Form):
    """More on a request."""

    use_required_attribute = False

    body = Words(
        label=gettext_lazy("Message"),
        strip=False,
        error_messages={"required": gettext_lazy("Enter your message")},
    )


class WorseForm(forms.Form):
    """What is blocked, now that a request got worse."""

    use_required_attribute = False

    impact_key = forms.ChoiceField(
        label=gettext_lazy("What is blocked?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select what is blocked")
        ),
    )
    words = Words(
        label=gettext_lazy("What has changed, and since when?"),
        strip=False,
        error_messages={"required": gettext_lazy("Enter what has changed")},
    )

    def __init__(self, *args: Any, rubric: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        choices = [(key, said(says)) for key, says in rubric.items()]
        self.fields["impact_key"].choices = choices  # type: ignore[attr-defined]

    @property
    def impact(self) -> Impact:
        """What is blocked, with the evidence for it."""
        facts = self.cleaned_data
        key = facts["impact_key"]
        return Impact(key=key, says=self.rubric[key], words=facts["words"])


class AppealForm(forms.Form):
    """What is wrong with an excuse."""

    use_required_attribute = False

    words = Words(
        label=gettext_lazy("What do you see differently?"),
        strip=False,
        error_messages={"required": gettext_lazy("Enter what you see differently")},
    )
