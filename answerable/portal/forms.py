"""What customers write."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.formats import number_format
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from answerable.entitlements.core.plan import Terms
from answerable.sla.words import language_names, said
from answerable.tickets.actions import LONGEST, Impact
from answerable.tickets.text import clean

WRITTEN_IN = ("en", "de", "fr", "es", "it", "nl", "pl", "pt", "sv", "da", "cs", "tr", "ja")
OTHER = "other"


class Words(forms.CharField):
    """Text as people send it: cleaned of what cannot be kept, and not too long."""

    widget = forms.Textarea

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the text run in the direction of its script."""
        return {**super().widget_attrs(widget), "dir": "auto"}

    def to_python(self, value: Any) -> str:
        """Return the text as it is kept."""
        return clean(super().to_python(value) or "").strip("\n")

    def validate(self, value: str) -> None:
        """Refuse a text that says nothing, or too much; it stays in its box."""
        super().validate(value.strip())
        if len(value) > LONGEST:
            words = _("{name} must be {most} characters or fewer. It has {count}.").format(
                name=_("Message"), most=_number(LONGEST), count=_number(len(value))
            )
            raise forms.ValidationError(words)


class RequestForm(forms.Form):
    """A new request. The plan says what may be claimed, and in which languages it answers."""

    use_required_attribute = False

    body = Words(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("Say what you did, what you expected, and what you saw."),
        strip=False,
        error_messages={"required": gettext_lazy("Enter what happened")},
    )
    critical = forms.BooleanField(
        label=gettext_lazy("This is business-critical"), required=False
    )
    impact = forms.ChoiceField(
        label=gettext_lazy("What is blocked?"), widget=forms.RadioSelect, required=False
    )
    words = Words(
        label=gettext_lazy("What is blocked, in your words"), required=False, strip=False
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of your message"))
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, terms: Terms | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rubric = {phrase.key: phrase.says for phrase in terms.rubric} if terms else {}
        self._choices(terms)
        self.fields["body"].widget.attrs |= {"rows": 8, "maxlength": None}
        self.fields["words"].widget.attrs |= {"rows": 2}
        self.fields["submission"].initial = uuid4().hex

    def _choices(self, terms: Terms | None) -> None:
        impact, language = self.fields["impact"], self.fields["language"]
        if not isinstance(impact, forms.ChoiceField) or not isinstance(
            language, forms.ChoiceField
        ):
            return
        impact.choices = [(key, said(says)) for key, says in self.rubric.items()]
        language.choices = [
            (code, get_language_info(code)["name_local"]) for code in WRITTEN_IN
        ]
        if terms and terms.languages:
            language.help_text = _("Specialists reply in {languages}.").format(
                languages=language_names(terms.languages)
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the impact of what is called business-critical."""
        facts = dict(super().clean() or self.cleaned_data)
        if facts.get("critical"):
            self._ask_for_impact(facts)
        return facts

    def _ask_for_impact(self, facts: dict[str, Any]) -> None:
        if "impact" not in self.errors and not facts.get("impact"):
            self.add_error("impact", _("Select what is blocked"))
        nameless = facts.get("impact") == OTHER and not facts.get("words")
        if nameless and "words" not in self.errors:
            self.add_error("words", _("Enter what is blocked"))

    @property
    def claimed(self) -> Impact | None:
        """What is blocked, when the request is called business-critical."""
        facts = self.cleaned_data
        if not facts["critical"]:
            return None
        key = facts["impact"]
        return Impact(
            key=key, says=self.rubric[key], words=facts["words"] if key == OTHER else ""
        )


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


def _number(count: int) -> str:
    return str(number_format(count, force_grouping=True))
