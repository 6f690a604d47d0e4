"""Labels, fields and statuses: how tickets are filed, in the vendor's own words."""

from __future__ import annotations

from typing import TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.office.filing_forms import (
    KINDS,
    STATES,
    FieldForm,
    MergeTagForm,
    StatusForm,
    TagForm,
)
from answerable.office.pages import administrator_required, frame
from answerable.office.queries.filing import listed_fields, listed_statuses, listed_tags
from answerable.tickets.actions import filing
from answerable.tickets.models import Field, Status, Tag
from answerable.tickets.named import name_in

Row = TypeVar("Row", bound=Model)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def labels(request: AgentRequest) -> HttpResponse:
    """List the labels, and make another."""
    form = TagForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        filing.add_tag(form.cleaned_data["name"], by=request.agent, at=now())
        return _saved(request, "office:labels")
    return _shown(request, "labels", _("Labels"), form=form, tags=listed_tags())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def label(request: AgentRequest, number: int) -> HttpResponse:
    """Rename a label."""
    tag = _found(Tag.objects.in_use(), number)
    form = TagForm(
        request.POST if request.method == "POST" else None, initial={"name": tag.name}
    )
    if form.is_valid():
        try:
            filing.rename_tag(tag, form.cleaned_data["name"])
        except filing.TagNameTaken:
            form.add_error("name", _("There is a label with this name. Merge them instead."))
        else:
            return _saved(request, "office:labels")
    return _shown(request, "label", tag.name, form=form, tag=tag, merging=MergeTagForm(tag))


@require_POST
@administrator_required
def merge(request: AgentRequest, number: int) -> HttpResponse:
    """Merge a label into another."""
    tag = _found(Tag.objects.in_use(), number)
    merging = MergeTagForm(tag, request.POST)
    if not merging.is_valid():
        form = TagForm(initial={"name": tag.name})
        return _shown(request, "label", tag.name, form=form, tag=tag, merging=merging)
    into = merging.cleaned_data["into"]
    filing.merge_tags(tag, into=into)
    words = _("{name} is {other} from now on.").format(name=tag.name, other=into.name)
    messages.success(request, words)
    return redirect("office:labels")


@require_safe
@never_cache
@administrator_required
def fields(request: AgentRequest) -> HttpResponse:
    """List the fields in their order."""
    rows = [(row, KINDS[Field.Kind(row.field.kind)]) for row in listed_fields()]
    return _shown(request, "fields", _("Fields"), rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def field(request: AgentRequest, number: int | None = None) -> HttpResponse:
    """Change a field, or begin another."""
    one = _found(Field.objects.all(), number) if number else Field()
    form = FieldForm(one, request.POST if request.method == "POST" else None)
    if form.is_valid():
        filing.save_field(form.entered())
        return _saved(request, "office:fields")
    title = name_in(one.names) if one.pk else _("New field")
    return _shown(request, "field", title, form=form, one=one if one.pk else None)


@require_POST
@administrator_required
def field_act(request: AgentRequest, number: int, what: str) -> HttpResponse:
    """Retire a field, ask for it again, or put it before the one above it."""
    one = _found(Field.objects.all(), number)
    match what:
        case "retire":
            filing.retire_field(one, at=now())
        case "restore":
            filing.retire_field(one, at=None)
        case "up":
            filing.raise_field(one)
        case _:
            raise Http404
    return _saved(request, "office:fields")


@require_safe
@never_cache
@administrator_required
def statuses(request: AgentRequest) -> HttpResponse:
    """List the vendor's words for the five states."""
    words = listed_statuses()
    rows = [
        (name, [(s, word) for s, word in words if s.category == state])
        for state, name in STATES.items()
    ]
    return _shown(request, "statuses", _("Statuses"), rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def status(request: AgentRequest, number: int | None = None) -> HttpResponse:
    """Change a status, or begin another."""
    kept = Status.objects.filter(retired_at=None)
    one = _found(kept, number) if number else Status(category="open")
    form = StatusForm(one, request.POST if request.method == "POST" else None)
    if form.is_valid():
        filing.save_status(form.entered())
        return _saved(request, "office:statuses")
    title = name_in(one.names) if one.pk else _("New status")
    return _shown(request, "status", title, form=form, one=one if one.pk else None)


@require_POST
@administrator_required
def retire_status(request: AgentRequest, number: int) -> HttpResponse:
    """Offer a status no more."""
    filing.retire_status(_found(Status.objects.filter(retired_at=None), number), at=now())
    return _saved(request, "office:statuses")


def _found(rows: QuerySet[Row], number: int) -> Row:
    found = rows.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404
    return found


def _saved(request: AgentRequest, to: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(to)


def _shown(request: AgentRequest, page: str, title: str, **more: object) -> HttpResponse:
    context = frame(request, title) | {"section": "filing"} | more
    asked = [more.get("form"), more.get("merging")]
    status = 422 if any(getattr(form, "errors", None) for form in asked) else 200
    return render(request, f"office/filing_{page}.html", context, status=status)
