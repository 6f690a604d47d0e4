"""What agents fill in about an incident: what it is, how it goes on, one reply to all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Agent
from answerable.entitlements.models import Subscription
from answerable.incidents.core.bulk import GAPS, unknown_gaps
from answerable.incidents.models import Incident
from answerable.sla.words import ENVIRONMENTS, environment_word, language_names, product_word

LONGEST_TITLE, LONGEST_TEXT = 200, 10_000
TOO_LONG = gettext_lazy("Use 10,000 characters or fewer")
KEY = re.compile(r"^\s*(?:inc-)?(\d{1,18})\b", re.IGNORECASE)
CUSTOMERS, AGENTS = "customers", "agents"


class InLanguages(forms.Form):
    """A form with one of its texts in each language of the house."""

    use_required_attribute = False
    text = "said"

    def add_texts(self, label: str, said: dict[str, str], *, rows: int, longest: int) -> None:
        """Add a field for each language, in the order of the settings."""
        for code, _name in settings.LANGUAGES:
            widget = forms.Textarea(attrs={"rows": rows, "lang": code})
            self.fields[f"{self.text}_{code}"] = forms.CharField(
                label=f"{label} ({language_names([code])})",
                required=False,
                max_length=longest,
                initial=said.get(code, ""),
                widget=widget if rows > 1 else forms.TextInput(attrs={"lang": code}),
                error_messages={"max_length": TOO_LONG},
            )

    @property
    def said(self) -> dict[str, str]:
        """What was entered, by language."""
        return {
            code: self.cleaned_data.get(f"{self.text}_{code}", "")
            for code, _name in settings.LANGUAGES
        }

    @property
    def texts(self) -> list[forms.BoundField]:
        """The fields of the text, for the page."""
        return [self[f"{self.text}_{code}"] for code, _name in settings.LANGUAGES]

    def need_words(self, missing: str) -> None:
        """Ask for the text in at least one language."""
        if not any(text.strip() for text in self.said.values()):
            self.add_error(f"{self.text}_{settings.LANGUAGES[0][0]}", missing)


class IncidentForm(InLanguages):
    """What an incident is, and what customers read of it."""

    title = forms.CharField(
        label=gettext_lazy("Title, for agents"),
        max_length=LONGEST_TITLE,
        error_messages={"required": gettext_lazy("Enter a title")},
    )
    product = forms.ChoiceField(label=gettext_lazy("Product"), required=False)
    environment = forms.ChoiceField(label=gettext_lazy("Environment"), required=False)
    begun_at = forms.DateTimeField(
        label=gettext_lazy("Since"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": gettext_lazy("Enter a day and a time")},
    )
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Who has it in hand"), queryset=Agent.objects.none(), required=False
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("Customers see it"),
        required=False,
        help_text=gettext_lazy(
            "In the widget, on their pages and on the status page. Without this it is internal."
        ),
    )

    def __init__(
        self,
        posted: QueryDict | None,
        initial: Mapping[str, Any] | None = None,
        incident: Incident | None = None,
    ) -> None:
        super().__init__(posted, initial={**_initial(incident), **(initial or {})})
        self.fields["product"].choices = products()  # type: ignore[attr-defined]
        self.fields["environment"].choices = environments()  # type: ignore[attr-defined]
        agents = Agent.objects.active().order_by("name")
        self.fields["owner"].queryset = agents  # type: ignore[attr-defined]
        said = incident.said if incident else {}
        label = _("In a few words, for customers")
        self.add_texts(label, said, rows=1, longest=LONGEST_TITLE)

    def clean(self) -> dict[str, Any]:
        """Ask for words where customers are to read some."""
        if self.cleaned_data.get("is_public"):
            self.need_words(_("Say in a few words what customers read"))
        return self.cleaned_data


class UpdateForm(InLanguages):
    """How an incident goes on: to whom it is said, and how it stands from then on."""

    to = forms.ChoiceField(
        label=gettext_lazy("For"),
        choices=[
            (CUSTOMERS, gettext_lazy("customers, and who follows it")),
            (AGENTS, gettext_lazy("agents alone")),
        ],
        widget=forms.RadioSelect,
        initial=CUSTOMERS,
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=Incident.State.choices)

    def __init__(self, incident: Incident, posted: QueryDict | None = None) -> None:
        super().__init__(posted, initial={"state": incident.state})
        self.incident = incident
        if not incident.is_public:
            del self.fields["to"]
        self.add_texts(_("What is new"), {}, rows=3, longest=LONGEST_TEXT)

    def clean(self) -> dict[str, Any]:
        """Ask for words where the state stays."""
        if self.cleaned_data.get("state") == self.incident.state:
            self.need_words(_("Say what is new, or select another state"))
        return self.cleaned_data


class BulkForm(InLanguages):
    """One reply to all tickets of an incident."""

    resolves = forms.BooleanField(
        label=gettext_lazy("Resolve the tickets with it"), required=False
    )

    def __init__(self, *args: Any, said: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_texts(_("Reply"), said or {}, rows=6, longest=LONGEST_TEXT)

    def clean(self) -> dict[str, Any]:
        """Ask for words, and for gaps that somebody fills."""
        self.need_words(_("Write the reply in at least one language"))
        for code, text in self.said.items():
            if unknown := unknown_gaps(text):
                self.add_error(f"{self.text}_{code}", gap_words(unknown[0]))
        return self.cleaned_data


class LinkForm(forms.Form):
    """Which incident a ticket is about: picked, or typed."""

    incident = forms.CharField(
        label=gettext_lazy("Incident"),
        max_length=300,
        widget=forms.TextInput(attrs={"list": "incident-choices", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Select an incident")},
    )

    def clean_incident(self) -> Incident:
        """Return the incident that was meant by its key or its title."""
        typed = str(self.cleaned_data["incident"])
        found = Incident.objects.filter(title__iexact=typed.strip()).order_by("-pk")
        if numbered := KEY.match(typed):
            found = Incident.objects.filter(pk=int(numbered[1]))
        incident = found.first()
        if incident is None:
            raise forms.ValidationError(_("There is no such incident. Select one of the list"))
        return incident


def gap_words(gap: str) -> str:
    """Return what is said of a gap that nobody fills."""
    known = ", ".join(f"{{{name}}}" for name in GAPS)
    words = _("Nobody fills {gap}. Here you can use: {known}")
    return words.format(gap=f"{{{gap}}}", known=known)


def products() -> list[tuple[str, str]]:
    """Return the products that customers run, as choices; the first is all of them."""
    sold = Subscription.objects.order_by("product").values_list("product", flat=True)
    return [("", _("all products")), *((one, product_word(one)) for one in sold.distinct())]


def environments() -> list[tuple[str, str]]:
    """Return the environments that plans name most, as choices."""
    return [
        ("", _("all environments")),
        *((one, environment_word(one)) for one in ENVIRONMENTS),
    ]


def _initial(incident: Incident | None) -> dict[str, Any]:
    if incident is None:
        return {}
    names = ("title", "product", "environment", "begun_at", "owner", "is_public")
    return {name: getattr(incident, name) for name in names}
