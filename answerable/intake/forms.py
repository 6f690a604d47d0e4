"""The form of a new request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BoundField
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.intake.asked import Asking
from answerable.intake.names import either
from answerable.intake.own_fields import asked_on_create, form_field, name_of, problem_with
from answerable.intake.severity_form import OTHER, SeverityForm
from answerable.intake.words_field import Words
from answerable.sla.words import environment_word, language_names, product_word, said
from answerable.tickets.actions import Impact
from answerable.tickets.core.fields import Said as Entered
from answerable.tickets.models import Field

WRITTEN_IN = ("en", "de", "fr", "es", "it", "nl", "pl", "pt", "sv", "da", "cs", "tr", "ja")


class RequestForm(SeverityForm):
    """A new request. It asks for what matters to this customer's promises; the plan says which
    severities there are, or what may be claimed, and in which languages it answers."""

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
    product = forms.ChoiceField(
        label=gettext_lazy("Product"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select a product")
        ),
    )
    environment = forms.ChoiceField(
        label=gettext_lazy("Environment"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select an environment")
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of your message"))
    private = forms.BooleanField(
        label=gettext_lazy("Private"),
        help_text=gettext_lazy("Only you, people whom you add, and our specialists see it."),
        required=False,
    )
    plan = forms.CharField(widget=forms.HiddenInput, required=False)
    confirm = forms.BooleanField(required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, asking: Asking, confirmers: Sequence[Contact] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.confirmers = confirmers
        self._offer_to_ask(confirmers)
        terms = asking.terms
        claims = terms.rubric if terms and not asking.has_severities else ()
        self.rubric = {phrase.key: phrase.says for phrase in claims}
        self._offer("impact", [(key, said(says)) for key, says in self.rubric.items()])
        self._offer(
            "language", [(code, get_language_info(code)["name_local"]) for code in WRITTEN_IN]
        )
        if terms and terms.languages:
            self.fields["language"].help_text = _("Specialists reply in {languages}.").format(
                languages=language_names(terms.languages)
            )
        self._ask_what_it_is_about(asking)
        self.own = {name_of(field): field for field in asked_on_create(asking)}
        for name, field in self.own.items():
            self.fields[name] = form_field(field, None, is_needed=True)
        if terms and asking.has_severities:
            worst_first = sorted(terms.severities.values(), key=lambda one: one.rank)
            self.ask_severity(terms, [severity.key for severity in worst_first])
        self.fields["body"].widget.attrs |= {"rows": 8, "maxlength": None}
        self.fields["words"].widget.attrs |= {"rows": 2}
        self.fields["submission"].initial = uuid4().hex

    def _ask_what_it_is_about(self, asking: Asking) -> None:
        """Ask for the product and the environment where there is a choice that matters."""
        choices = {
            "product": [
                *((key, product_word(key)) for key in asking.products),
                (OTHER, _("Another matter")),
            ]
            if asking.products
            else [],
            "environment": [
                (key, capfirst(environment_word(key))) for key in asking.environments
            ],
        }
        for name, offered in choices.items():
            if offered:
                self._offer(name, offered)
            else:
                del self.fields[name]

    def _offer_to_ask(self, confirmers: Sequence[Contact]) -> None:
        """Offer to ask colleagues who have the guarantee to confirm the request (W10)."""
        if not confirmers:
            del self.fields["confirm"]
            return
        words = _("Ask {names} to confirm, so the guarantee applies")
        names = [person.name for person in confirmers]
        self.fields["confirm"].label = words.format(names=either(names))

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """Ask for the impact of what is called business-critical."""
        facts = super().clean()
        if facts.get("critical") and self.rubric:
            self._ask_for_impact(facts)
        self.check_own(facts)
        return facts

    def check_own(self, facts: dict[str, Any]) -> None:
        """Say at each of the vendor's own fields what does not fit it."""
        for name, field in self.own.items():
            if name in facts and (problem := problem_with(field, facts[name])):
                self.add_error(name, problem)

    def _ask_for_impact(self, facts: dict[str, Any]) -> None:
        if "impact" not in self.errors and not facts.get("impact"):
            self.add_error("impact", _("Select what is blocked"))
        nameless = facts.get("impact") == OTHER and not facts.get("words")
        if nameless and "words" not in self.errors:
            self.add_error("words", _("Enter what is blocked"))

    @property
    def own_fields(self) -> list[BoundField]:
        """The vendor's own fields that have to be filled in, as the page shows them."""
        return [self[name] for name in self.own]

    @property
    def entered(self) -> dict[Field, Entered]:
        """What was entered in the vendor's own fields."""
        return {field: self.cleaned_data[name] for name, field in self.own.items()}

    @property
    def asked_to_confirm(self) -> Sequence[Contact]:
        """The colleagues who are asked to confirm the request, where that was ticked."""
        return self.confirmers if self.cleaned_data.get("confirm") else ()

    @property
    def claimed(self) -> Impact | None:
        """What is blocked, when the request is called business-critical."""
        facts = self.cleaned_data
        if not (facts["critical"] and self.rubric):
            return None
        key = facts["impact"]
        return Impact(
            key=key, says=self.rubric[key], words=facts["words"] if key == OTHER else ""
        )
