"""What agents enter as their signatures: one text a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _

from answerable.channels.email.texts import SIGNATURE, finding
from answerable.desk.macro_words import language_name

LONGEST = 1000
BODY = "body_"


class SignatureForm(forms.Form):
    """A signature for every language, and one for each that wants its own."""

    use_required_attribute = False

    def __init__(
        self, languages: Sequence[str], has: Mapping[str, str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for language in languages:
            name = language_name(language) if language else _("Every language")
            self.fields[BODY + language] = forms.CharField(
                label=name,
                initial=has.get(language, ""),
                max_length=LONGEST,
                required=False,
                widget=forms.Textarea(
                    attrs={"rows": 4, "dir": "auto", **({"lang": language} if language else {})}
                ),
                validators=[_check],
                error_messages={
                    "max_length": _("The signature must be 1,000 characters or fewer")
                },
            )

    @property
    def texts(self) -> Iterator[BoundField]:
        """The fields of the texts."""
        return (bound for bound in self if bound.name.startswith(BODY))

    def bodies(self) -> dict[str, str]:
        """Return the texts by language."""
        return {
            name.removeprefix(BODY): str(text)
            for name, text in self.cleaned_data.items()
            if name.startswith(BODY)
        }


def _check(text: str) -> None:
    if problem := finding(SIGNATURE, text):
        raise ValidationError(problem)
