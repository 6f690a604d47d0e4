"""What administrators enter about labels, fields and statuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.office.forms import PlainForm
from answerable.office.queries.filing import known_severities
from answerable.office.queries.people import known_products, language_name
from answerable.tickets.models import Field, Status, Tag, Ticket

LONGEST_NAME = 60
KINDS = {
    Field.Kind.TEXT: gettext_lazy("Text"),
    Field.Kind.LONG_TEXT: gettext_lazy("Long text"),
    Field.Kind.NUMBER: gettext_lazy("Number"),
    Field.Kind.DATE: gettext_lazy("Date"),
    Field.Kind.CHOICE: gettext_lazy("One choice"),
    Field.Kind.CHOICES: gettext_lazy("Several choices"),
    Field.Kind.YES_NO: gettext_lazy("Yes or no"),
}
REQUIRED = {
    Field.Required.NEVER: gettext_lazy("No"),
    Field.Required.ON_CREATE: gettext_lazy("Yes, when a customer sends a request"),
    Field.Required.ON_RESOLVE: gettext_lazy("Yes, before a ticket is resolved"),
}
CHANNELS = {
    Ticket.Channel.FORM: gettext_lazy("Request form"),
    Ticket.Channel.EMERGENCY_FORM: gettext_lazy("Emergency form"),
    Ticket.Channel.EMAIL: gettext_lazy("Email"),
    Ticket.Channel.CHAT: gettext_lazy("Chat"),
    Ticket.Channel.CALLBACK: gettext_lazy("Callback"),
    Ticket.Channel.PHONE: gettext_lazy("Telephone"),
    Ticket.Channel.IN_PERSON: gettext_lazy("In person"),
}
STATES = {
    Ticket.State.OPEN: gettext_lazy("Open"),
    Ticket.State.WAITING: gettext_lazy("Waiting for the customer"),
    Ticket.State.HELD: gettext_lazy("On hold"),
    Ticket.State.RESOLVED: gettext_lazy("Resolved"),
    Ticket.State.REVIEW: gettext_lazy("For review"),
}
ENTER_NAME = {
    "required": gettext_lazy("Enter a name"),
    "max_length": gettext_lazy("Name must be 60 characters or fewer"),
}


class TagForm(PlainForm):
    """The name of a label."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=LONGEST_NAME, error_messages=ENTER_NAME
    )


class MergeTagForm(PlainForm):
    """Into which other label one is merged."""

    into = forms.ModelChoiceField(
        Tag.objects.none(),
        label=gettext_lazy("Merge into"),
        empty_label=gettext_lazy("Select a label"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select a label")
        ),
    )

    def __init__(self, tag: Tag, data: QueryDict | None = None) -> None:
        super().__init__(data)
        others = Tag.objects.in_use().exclude(pk=tag.pk).order_by("name")
        self.fields["into"].queryset = others  # type: ignore[attr-defined]  # A choice of rows.


class NamedForm(PlainForm):
    """A form that asks for a name in each language of the installation."""

    def __init__(
        self, names: Mapping[str, str], data: QueryDict | None, initial: dict[str, object]
    ) -> None:
        super().__init__(data, initial=initial)
        for code, _name in settings.LANGUAGES:
            label = _("Name in {language}").format(language=language_name(code))
            self.fields[f"name_{code}"] = forms.CharField(
                label=label,
                max_length=LONGEST_NAME,
                required=code == settings.LANGUAGE_CODE.split("-", 1)[0],
                initial=names.get(code, ""),
                error_messages=ENTER_NAME,
            )
        self.order_fields([f"name_{code}" for code, _name in settings.LANGUAGES])

    def names(self) -> dict[str, str]:
        """Return the names that were entered, by language."""
        entered = {c: self.cleaned_data.get(f"name_{c}", "") for c, _name in settings.LANGUAGES}
        return {code: name.strip() for code, name in entered.items() if name.strip()}


class StatusForm(NamedForm):
    """A word of the vendor's own for a state."""

    category = forms.ChoiceField(
        label=gettext_lazy("Stands for"),
        choices=[*STATES.items()],
        help_text=gettext_lazy("Clocks and promises know these five alone."),
    )
    is_usual = forms.BooleanField(
        label=gettext_lazy("Use it where nobody chose another"), required=False
    )

    def __init__(self, status: Status, data: QueryDict | None = None) -> None:
        initial: dict[str, object] = {"category": status.category, "is_usual": status.is_usual}
        super().__init__(status.names, data, initial)
        self.status = status
        if status.pk:
            del self.fields["category"]

    def entered(self) -> Status:
        """Return the status as it was entered."""
        self.status.names = self.names()
        self.status.category = self.cleaned_data.get("category", self.status.category)
        self.status.is_usual = self.cleaned_data["is_usual"]
        return self.status


class FieldForm(NamedForm):
    """A field: its kind, what may be chosen, to which tickets it belongs."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[*KINDS.items()])
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        help_text=gettext_lazy(
            "One a line; after | its name in the next language. What is no longer listed stays "
            "on tickets that have it."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    required = forms.ChoiceField(
        label=gettext_lazy("Has to be filled in"),
        widget=forms.RadioSelect,
        choices=[*REQUIRED.items()],
    )
    products = forms.MultipleChoiceField(
        label=gettext_lazy("Only for these products"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    severities = forms.MultipleChoiceField(
        label=gettext_lazy("Only for these severities"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Only for these kinds of request"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[*CHANNELS.items()],
    )

    def __init__(self, field: Field, data: QueryDict | None = None) -> None:
        own = ("kind", "required", "products", "severities", "channels")
        initial: dict[str, object] = {name: getattr(field, name) for name in own}
        super().__init__(field.names, data, initial | {"choices": choice_lines(field)})
        self.field = field
        products = {*known_products(), *field.products}
        severities = known_severities() | {key: key for key in field.severities}
        self._offer("products", {product: product for product in sorted(products)})
        self._offer("severities", dict(sorted(severities.items())))
        if field.pk:
            del self.fields["kind"]

    def _offer(self, name: str, offered: Mapping[str, str]) -> None:
        box = self.fields[name]
        if isinstance(box, forms.MultipleChoiceField):
            box.choices = list(offered.items())
        if not offered:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for choices where there is something to choose."""
        kind = self.cleaned_data.get("kind", self.field.kind)
        is_choosing = kind in {Field.Kind.CHOICE, Field.Kind.CHOICES}
        if is_choosing and not self.cleaned_data.get("choices", "").strip():
            self.add_error("choices", ValidationError(_("Enter a choice")))
        return self.cleaned_data

    def entered(self) -> Field:
        """Return the field as it was entered."""
        self.field.names = self.names()
        for name in ("kind", "required", "products", "severities", "channels"):
            setattr(self.field, name, self.cleaned_data.get(name, getattr(self.field, name)))
        self.field.choices = read_choices(self.cleaned_data["choices"], self.field)
        return self.field


def choice_lines(field: Field) -> str:
    """Return the choices of a field as lines of text."""
    codes = [code for code, _name in settings.LANGUAGES]
    shown = [row["names"] for row in field.choices if not row.get("retired")]
    lines = (" | ".join(names.get(code, "") for code in codes) for names in shown)
    return "\n".join(line.rstrip(" |") for line in lines)


def read_choices(text: str, field: Field) -> list[dict[str, object]]:
    """Return the choices that lines say. One whose first name is known keeps its key; those
    that are not listed any more are retired."""
    codes = [code for code, _name in settings.LANGUAGES]
    known = {row["names"].get(codes[0], row["key"]): row["key"] for row in field.choices}
    rows: dict[str, dict[str, object]] = {}
    for line in text.splitlines():
        parts = [part.strip()[:LONGEST_NAME] for part in line.split("|")][: len(codes)]
        if not parts[0]:
            continue
        names = {code: name for code, name in zip(codes, parts, strict=False) if name}
        taken = {*known.values(), *rows}
        key = known.get(parts[0]) or _free(slugify(parts[0], allow_unicode=True)[:50], taken)
        rows[key] = {"key": key, "names": names}
    gone = [row | {"retired": True} for row in field.choices if row["key"] not in rows]
    return [*rows.values(), *gone]


def _free(wanted: str, taken: set[str]) -> str:
    numbered = (f"{wanted or 'choice'}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (wanted, *numbered) if key and key not in taken)
