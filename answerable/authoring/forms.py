"""What agents enter about articles: what is known of them, where they are, and categories."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Agent
from answerable.authoring.words import language_choices, ours
from answerable.entitlements.models import Plan
from answerable.knowledge.actions import About
from answerable.knowledge.core.availability import editions_in
from answerable.knowledge.core.slugs import slug_of
from answerable.knowledge.models import Article, Category

PRODUCT = re.compile(r"[a-z0-9_]{1,60}")


class PlainForm(forms.Form):
    """A form that the server alone judges, each of its fields in our words."""

    use_required_attribute = False


class NewArticleForm(PlainForm):
    """An article that is begun: its title, the language that prevails, and its shelf."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("As somebody would ask it: “Reset a password”."),
        error_messages={
            "required": gettext_lazy("Enter a title"),
            "max_length": gettext_lazy("The title must be 200 characters or fewer"),
        },
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Official language"),
        help_text=gettext_lazy(
            "The language that prevails where a translation says otherwise."
        ),
    )
    category = forms.ModelChoiceField(
        Category.objects.none(), label=gettext_lazy("Category"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]  # A ChoiceField's.
        self.fields["language"].initial = ours()[0]
        _offer_shelves(self.fields["category"])


class FactsForm(PlainForm):
    """What is known of an article beside its words."""

    category = forms.ModelChoiceField(
        Category.objects.none(), label=gettext_lazy("Category"), required=False
    )
    owner = forms.ModelChoiceField(
        Agent.objects.none(), label=gettext_lazy("Owner"), required=False
    )
    review_on = forms.DateField(
        label=gettext_lazy("Review on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("On this day it is listed as due for review."),
        error_messages={"invalid": gettext_lazy("Enter a day like 2026-11-01")},
    )
    products = forms.CharField(
        label=gettext_lazy("Products"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Keys of products, with commas: service, smart_crm"),
    )
    available = forms.CharField(
        label=gettext_lazy("Available with"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "A product and an edition, with commas: service enterprise, sales. "
            "Readers see the list, and whether they have it."
        ),
    )
    plans = forms.ModelMultipleChoiceField(
        Plan.objects.none(),
        label=gettext_lazy("Only for customers of"),
        required=False,
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: everybody may read it."),
    )

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(article))
        super().__init__(*args, **kwargs)
        _offer_shelves(self.fields["category"])
        _offer(self.fields["owner"], Agent.objects.active().order_by("name"))
        _offer(self.fields["plans"], Plan.objects.order_by("name"))

    def clean_products(self) -> tuple[str, ...]:
        """Return the keys of products, each once."""
        keys = [key.strip().lower() for key in self.cleaned_data["products"].split(",")]
        found = tuple(dict.fromkeys(filter(None, keys)))
        if wrong := next((key for key in found if not PRODUCT.fullmatch(key)), None):
            words = _("{key} is no key of a product. Use small letters, digits and _.")
            raise ValidationError(words.format(key=wrong))
        return found

    def clean_available(self) -> tuple[tuple[str, str], ...]:
        """Return products with their editions."""
        said = str(self.cleaned_data["available"]).replace("\n", ",")
        return tuple((one.product, one.tier) for one in editions_in(said))

    @property
    def about(self) -> About:
        """The facts as they are to be."""
        said = self.cleaned_data
        return About(
            category=said["category"],
            owner=said["owner"],
            review_on=said["review_on"],
            products=said["products"],
            available=said["available"],
            plans=tuple(plan.key for plan in said["plans"]),
        )


class AddressForm(PlainForm):
    """Where a text is found: the last part of its address."""

    slug = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=100,
        help_text=gettext_lazy("Small letters, digits and hyphens. The old address leads on."),
        error_messages={"required": gettext_lazy("Enter an address")},
    )

    def clean_slug(self) -> str:
        """Return the address as it will be."""
        return slug_of(self.cleaned_data["slug"])


class RemoveForm(PlainForm):
    """Which article takes the place of one that is removed."""

    replaced_by = forms.ModelChoiceField(
        Article.objects.none(),
        label=gettext_lazy("Replaced by"),
        required=False,
        to_field_name="key",
        help_text=gettext_lazy("Its readers are led there."),
    )

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Article.objects.filter(removed_at=None).exclude(pk=article.pk)
        _offer(self.fields["replaced_by"], others.order_by("key"))


class CategoryForm(PlainForm):
    """What a shelf is called in each language of our pages, and what stands on it."""

    def __init__(self, *args: Any, category: Category | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {one.language: one for one in category.names.all()} if category else {}
        for number, (code, language) in enumerate(language_choices()[: len(ours())]):
            known = names.get(code)
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name in {language}").format(language=language),
                max_length=100,
                required=number == 0,
                initial=known.name if known else "",
                error_messages={"required": _("Enter a name")},
            )
            self.fields[f"says_{code}"] = forms.CharField(
                label=_("In one sentence, in {language}").format(language=language),
                max_length=300,
                required=False,
                initial=known.says if known else "",
            )

    @property
    def names(self) -> dict[str, tuple[str, str]]:
        """The name and the sentence by language, where there is a name."""
        said = self.cleaned_data
        found = {code: (said[f"name_{code}"], said[f"says_{code}"]) for code in ours()}
        return {code: pair for code, pair in found.items() if pair[0].strip()}


class FromTicketForm(PlainForm):
    """An article that begins as an answer to a ticket."""

    title = NewArticleForm.base_fields["title"]
    language = NewArticleForm.base_fields["language"]
    body = forms.CharField(
        label=gettext_lazy("Text"),
        widget=forms.Textarea(attrs={"rows": 16}),
        error_messages={"required": gettext_lazy("Enter a text")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]  # A ChoiceField's.


def _offer(field: forms.Field, rows: Any) -> None:
    field.queryset = rows  # type: ignore[attr-defined]  # A ModelChoiceField's.


def _offer_shelves(field: forms.Field) -> None:
    _offer(field, Category.objects.order_by("position", "pk"))
    field.label_from_instance = shelf_name  # type: ignore[attr-defined]  # As above.


def shelf_name(category: Category) -> str:
    """Return what a shelf is called: by its first name, else by its key."""
    first = category.names.order_by("pk").first()
    return first.name if first else category.key


def _initial(article: Article) -> dict[str, Any]:
    rows = (f"{row['product']} {row['tier']}".strip() for row in article.available)
    return {
        "category": article.category_id,
        "owner": article.owner_id,
        "review_on": article.review_on,
        "products": ", ".join(article.products),
        "available": ", ".join(rows),
        "plans": list(article.plans),
    }
