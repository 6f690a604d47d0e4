"""What administrators enter about the systems that give account cards."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.cards.actions import Described
from answerable.cards.models import CardSource
from answerable.entitlements.models import Plan
from answerable.lib.outbound.deciding import place_of
from answerable.lib.outbound.words import Refused
from answerable.office.forms import PlainForm
from answerable.office.queries.people import known_products
from answerable.sla.words import product_word

SHORTEST_SECRET, LONGEST_SECRET = 16, 200
FASTEST, SLOWEST = 0.2, 10.0
FRESHEST, STALEST = 30, 86_400


class SourceForm(PlainForm):
    """A system that is asked for cards: where, for whose tickets, and how long we wait."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("What agents call it, like: Billing"),
        max_length=60,
        error_messages={"required": gettext_lazy("Enter a name")},
    )
    url = forms.CharField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("It is sent a signed POST for each ticket. See docs/cards.md."),
        max_length=2000,
        error_messages={"required": gettext_lazy("Enter an address")},
    )
    secret = forms.CharField(
        label=gettext_lazy("Secret"),
        max_length=LONGEST_SECRET,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "max_length": gettext_lazy("The secret must be 200 characters or fewer")
        },
    )
    plans = forms.MultipleChoiceField(
        label=gettext_lazy("For customers with these plans"),
        help_text=gettext_lazy("None: for all customers"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    products = forms.MultipleChoiceField(
        label=gettext_lazy("For tickets about these products"),
        help_text=gettext_lazy("None: for all tickets"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    seconds = forms.FloatField(
        label=gettext_lazy("Seconds in which it must answer"),
        initial=2,
        min_value=FASTEST,
        max_value=SLOWEST,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            gettext_lazy("Enter seconds from 0.2 to 10"),
        ),
    )
    fresh_for = forms.IntegerField(
        label=gettext_lazy("Seconds for which an answer is kept"),
        help_text=gettext_lazy("An older one is shown with its age while a new one comes."),
        initial=300,
        min_value=FRESHEST,
        max_value=STALEST,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            gettext_lazy("Enter seconds from 30 to 86400"),
        ),
    )
    place = forms.IntegerField(
        label=gettext_lazy("Place"),
        help_text=gettext_lazy("Smaller numbers stand further up."),
        initial=0,
        min_value=0,
        max_value=1000,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            gettext_lazy("Enter a number from 0 to 1000"),
        ),
    )
    is_on = forms.BooleanField(
        label=gettext_lazy("Ask it beside tickets"), required=False, initial=True
    )

    def __init__(self, source: CardSource, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._source = source
        plans = Plan.objects.order_by("name").values_list("key", "name")
        self._offer("plans", [*plans], source.plans)
        products = [(key, product_word(key)) for key in known_products()]
        self._offer("products", products, source.products)
        self.fields["secret"].help_text = (
            _("It is kept sealed, and not shown again. Leave it empty to keep it.")
            if source.pk
            else _("Leave it empty, and one is made and shown once.")
        )

    def _offer(self, name: str, choices: list[tuple[str, str]], has: list[str]) -> None:
        """Offer what there is, and what was chosen when there was more."""
        known = {key for key, _name in choices}
        offered = [*choices, *((key, key) for key in has if key not in known)]
        self.fields[name].choices = offered  # type: ignore[attr-defined]  # A choice field's.

    def clean_url(self) -> str:
        """Return an address that may be asked."""
        url = str(self.cleaned_data["url"]).strip()
        try:
            place_of(url, settings.ANSWERABLE_OUTBOUND_ALLOW)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused
        return url

    def clean_secret(self) -> str:
        """Return the secret; a new source has one at any rate."""
        secret = str(self.cleaned_data["secret"]).strip()
        if not secret and not self._source.pk:
            return secrets.token_urlsafe(32)
        if secret and len(secret) < SHORTEST_SECRET:
            raise ValidationError(_("The secret must have 16 characters or more"))
        return secret

    def described(self) -> Described:
        """Return the source as it was entered."""
        return Described(**self.cleaned_data)


class TryForm(PlainForm):
    """The ticket about which a source is asked, to see what it says."""

    number = forms.IntegerField(
        label=gettext_lazy("Number of a ticket"),
        min_value=1,
        max_value=2**62,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            gettext_lazy("Enter the number of a ticket, such as 4830"),
        ),
    )
