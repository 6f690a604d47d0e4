"""What administrators enter of a canned answer."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.channels.chat.models import CannedAnswer
from answerable.channels.email.core.filling import has_loose_brace, unknown_gaps
from answerable.office.forms import PlainForm
from answerable.office.queries.people import known_languages, language_name

LONGEST = 4000
GAPS = ("agent", "customer", "person")


class CannedAnswerForm(PlainForm):
    """Its name, which agents type to find it, its language and its text."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Agents find it by this, after a / in their box."),
        max_length=60,
        error_messages={
            "required": gettext_lazy("Enter a name"),
            "max_length": gettext_lazy("Name must be 60 characters or fewer"),
        },
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select a language")
        ),
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "Filled in by itself: {agent} is who writes, {person} who reads, {customer} their "
            "company."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": gettext_lazy("Enter a text"),
            "max_length": gettext_lazy("Text must be 4,000 characters or fewer"),
        },
    )

    def __init__(self, answer: CannedAnswer, data: QueryDict | None = None) -> None:
        initial = {"name": answer.name, "language": answer.language, "body": answer.body}
        super().__init__(data, initial=initial)
        self.answer = answer
        codes = [(code, language_name(code)) for code in known_languages()]
        self.fields["language"].choices = codes  # type: ignore[attr-defined]  # A ChoiceField's.

    def clean_body(self) -> str:
        """Return the text; each of its gaps is one that is filled."""
        body = str(self.cleaned_data["body"]).replace("\r\n", "\n").strip()
        known = ", ".join(f"{{{gap}}}" for gap in GAPS)
        if unknown := unknown_gaps(body, GAPS):
            words = _("Nobody fills {gap}. Here you can use: {known}")
            raise ValidationError(words.format(gap=f"{{{unknown[0]}}}", known=known))
        if has_loose_brace(body):
            words = _("A brace stands alone. Here you can use: {known}")
            raise ValidationError(words.format(known=known))
        return body

    def entered(self) -> CannedAnswer:
        """Return the answer as it was entered."""
        self.answer.name = self.cleaned_data["name"]
        self.answer.language = self.cleaned_data["language"]
        self.answer.body = self.cleaned_data["body"]
        return self.answer
