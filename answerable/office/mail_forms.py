"""What administrators enter about mails: their look, and a text of each kind and language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from answerable.channels.email.core.page import ACCENT, COLOUR
from answerable.channels.email.models import MailLook
from answerable.channels.email.texts import (
    CLOSING,
    FOOTER,
    GAPS,
    GREETING,
    SIGNATURE,
    Texts,
    default,
    finding,
    texts_of,
)
from answerable.office.forms import PlainForm

LONGEST = 500
LABELS = {
    SIGNATURE: _("Signature of replies"),
    CLOSING: _("Closing of replies"),
    GREETING: _("Greeting of automatic mails"),
    FOOTER: _("Small line below replies"),
}


class TextsForm(PlainForm):
    """The colour of the line above signatures, a picture, and texts; empty ones are ours."""

    accent = forms.CharField(
        label=_("Colour of the line above the signature"),
        max_length=7,
        error_messages={"required": _("Enter a colour like #3b6ea8")},
    )
    logo = forms.CharField(
        label=_("Address of a picture above the signature"),
        help_text=_(
            "Many mail programs ask before they show it. Without one, nothing is loaded."
        ),
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, _name in settings.LANGUAGES:
            for kind, label in LABELS.items():
                self.fields[f"{kind}_{language}"] = _text_field(kind, label, language)

    def clean_accent(self) -> str:
        """Return a colour that every mail program understands."""
        accent = str(self.cleaned_data["accent"]).strip().lower()
        if not COLOUR.fullmatch(accent):
            raise ValidationError(str(_("Enter a colour like #3b6ea8")))
        return accent

    def clean_logo(self) -> str:
        """Return an address that mail programs load pictures from, or nothing."""
        logo = str(self.cleaned_data["logo"]).strip()
        if logo and not logo.startswith("https://"):
            raise ValidationError(str(_("Enter an address that begins with https://")))
        return logo

    def clean(self) -> dict[str, Any]:
        """Find the gaps that nobody fills."""
        for name, text in self.texts():
            kind = name.rpartition("_")[0]
            says = finding(kind, text)
            if says:
                self.add_error(name, says)
        return self.cleaned_data

    def texts(self) -> Iterator[tuple[str, str]]:
        """Return what was typed, by the name of its field."""
        for language, _name in settings.LANGUAGES:
            for kind in LABELS:
                name = f"{kind}_{language}"
                yield name, str(self.cleaned_data.get(name, ""))

    def by_language(self) -> dict[str, dict[str, str]]:
        """Return the texts as they are kept."""
        kept: dict[str, dict[str, str]] = {
            language: {} for language, _name in settings.LANGUAGES
        }
        for name, text in self.texts():
            kind, _underscore, language = name.rpartition("_")
            if text.strip():
                kept[language][kind] = text.replace("\r\n", "\n").rstrip()
        return kept

    def as_texts(self) -> Texts:
        """Return what was typed as mails use it, as far as it can be."""
        facts = self.cleaned_data
        accent, logo = facts.get("accent", ACCENT), facts.get("logo", "")
        return texts_of(accent, logo, self.by_language())

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Return the fields of each language, with its name."""
        for language, name in settings.LANGUAGES:
            yield (
                str(translation.gettext(str(name))),
                [self[f"{kind}_{language}"] for kind in LABELS],
            )


def initial_of(look: MailLook | None) -> dict[str, str]:
    """Return what the form shows first."""
    if look is None:
        return {"accent": ACCENT}
    texts = {
        f"{kind}_{language}": text
        for language, kinds in look.texts.items()
        for kind, text in kinds.items()
    }
    return {"accent": look.accent, "logo": look.logo, **texts}


def _text_field(kind: str, label: Any, language: str) -> forms.CharField:
    with translation.override(language):
        ours = default(kind)
    rows = max(1, ours.count("\n") + 1)
    return forms.CharField(
        label=label,
        help_text=" ".join(f"{{{gap}}}" for gap in GAPS[kind]),
        widget=forms.Textarea(attrs={"rows": rows, "placeholder": ours, "lang": language}),
        max_length=LONGEST,
        required=False,
        strip=False,
        error_messages={"max_length": _("The text must be 500 characters or fewer")},
    )
