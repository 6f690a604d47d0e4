"""What customers write on a request that there is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from answerable.intake.severity_form import SeverityForm
from answerable.intake.words_field import Words
from answerable.portal.queries.severity import Page


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


class AppealForm(forms.Form):
    """What is wrong with an excuse."""

    use_required_attribute = False

    words = Words(
        label=gettext_lazy("What do you see differently?"),
        strip=False,
        error_messages={"required": gettext_lazy("Enter what you see differently")},
    )
