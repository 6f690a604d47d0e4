"""What is written in the panel beside a new request."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from answerable.intake.words_field import Words


class AnswerForm(forms.Form):
    """More on a request."""

    use_required_attribute = False

    body = Words(
        label=gettext_lazy("Message"),
        strip=False,
        error_messages={"required": gettext_lazy("Enter your message")},
    )
