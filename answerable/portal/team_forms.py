"""What a Super Admin enters about the people of their company, and about who sees what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Contact, Customer
from answerable.entitlements.models import Subscription
from answerable.portal.team_words import ROLES, SEATS
from answerable.sla.words import product_word
from answerable.tickets.models import VisibilityRule

Who, Sees = VisibilityRule.Who, VisibilityRule.Sees
ACTS = ("role", "seat", "department", "left", "name", "unname")


class PlainForm(forms.Form):
    """A form that the server alone judges."""

    use_required_attribute = False


class InviteForm(PlainForm):
    """A colleague who is to be invited."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Enter a name"),
            "max_length": gettext_lazy("The name must be 200 characters or fewer"),
        },
    )
    email = forms.EmailField(
        label=gettext_lazy("Mail address"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Enter a mail address"),
            "invalid": gettext_lazy("Enter a mail address, like name@example.com"),
            "max_length": gettext_lazy("The address must be 254 characters or fewer"),
        },
    )
    product_role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=[*ROLES.items()], initial=Contact.Role.MEMBER
    )
    seat = forms.ChoiceField(
        label=gettext_lazy("Seat"), choices=[*SEATS.items()], initial=Contact.Seat.VIEW_ONLY
    )


class PersonForm(PlainForm):
    """One change to somebody: which one, and to what."""

    act = forms.ChoiceField(choices=[(act, act) for act in ACTS])
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=[*ROLES.items()])
    seat = forms.ChoiceField(label=gettext_lazy("Seat"), choices=[*SEATS.items()])
    department = forms.CharField(
        label=gettext_lazy("Department"),
        max_length=100,
        required=False,
        error_messages={
            "max_length": gettext_lazy("The department must be 100 characters or fewer")
        },
    )
    contract = forms.IntegerField(required=False, max_value=2**31, min_value=1)

    def __init__(self, *args: Any, of: Contact, **kwargs: Any) -> None:
        facts = {"role": of.product_role, "seat": of.seat, "department": of.department}
        super().__init__(*args, **{"initial": facts} | kwargs)
        act = self.data.get("act", "") if self.is_bound else ""
        for name in ("role", "seat"):
            self.fields[name].required = act in {"", name}


class RuleForm(PlainForm):
    """Who is to see more, and what."""

    who = forms.ChoiceField(label=gettext_lazy("Who"), choices=[])
    sees = forms.ChoiceField(label=gettext_lazy("sees"), choices=[])
    who_is = forms.CharField(
        label=gettext_lazy("Which domain or department they are of"),
        max_length=253,
        required=False,
    )
    sees_is = forms.CharField(
        label=gettext_lazy("Which domain or department the requests are of"),
        max_length=253,
        required=False,
    )

    def __init__(self, *args: Any, of: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        products = Subscription.objects.filter(customer=of).order_by("product")
        named = dict.fromkeys(products.values_list("product", flat=True))
        self.fields["who"].choices = [  # type: ignore[attr-defined]  # A ChoiceField's.
            (f"{Who.EVERYBODY}:", _("Everybody")),
            *(
                (f"{Who.ROLE}:{key}", word)
                for key, word in ROLES.items()
                if key != "super_admin"
            ),
            *((f"{Who.SEAT}:{key}", word) for key, word in SEATS.items()),
            (f"{Who.DOMAIN}:", _("People with addresses at …")),
            (f"{Who.DEPARTMENT}:", _("People of the department …")),
        ]
        self.fields["sees"].choices = [  # type: ignore[attr-defined]  # A ChoiceField's.
            (f"{Sees.COMPANY}:", _("all requests")),
            *(
                (f"{Sees.PRODUCT}:{key}", _("requests about {product}").format(product=word))
                for key, word in ((key, product_word(key)) for key in named)
            ),
            (f"{Sees.DEPARTMENT}:", _("requests of the department …")),
            (f"{Sees.DOMAIN}:", _("requests of people with addresses at …")),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the domain or department that a rule is about."""
        facts = dict(super().clean() or self.cleaned_data)
        for name in ("who", "sees"):
            kind = facts.get(name, "").partition(":")[0]
            named = kind in {Who.DOMAIN, Who.DEPARTMENT}
            if named and not facts.get(f"{name}_is"):
                self.add_error(f"{name}_is", _("Enter which domain or department"))
        return facts

    def pair(self, name: str) -> tuple[str, str]:
        """Return a choice of the rule, and what it names."""
        kind, _colon, value = self.cleaned_data[name].partition(":")
        typed = self.cleaned_data[f"{name}_is"].removeprefix("@")
        return kind, typed if kind in {Who.DOMAIN, Who.DEPARTMENT} else value
