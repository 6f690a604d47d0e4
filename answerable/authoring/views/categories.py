"""The shelves of the help centre: everybody sees them, administrators change them."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import Agent
from answerable.authoring.forms import CategoryForm
from answerable.authoring.pages import administrator_required, frame
from answerable.authoring.words import ours
from answerable.knowledge import actions
from answerable.knowledge.models import Category

READS = ["GET", "HEAD", "POST"]


@require_safe
@never_cache
@agent_required
def categories(request: AgentRequest) -> HttpResponse:
    """List the shelves in their order."""
    there = Count("articles", filter=Q(articles__removed_at=None))
    shelves = Category.objects.annotate(count=there).prefetch_related("names")
    context = frame(request, _("Categories"), "categories") | {
        "shelves": list(shelves.order_by("position", "pk")),
        "may_change": request.agent.role == Agent.Role.ADMINISTRATOR,
    }
    return render(request, "authoring/categories.html", context)


@require_http_methods(READS)
@never_cache
@administrator_required
def new(request: AgentRequest) -> HttpResponse:
    """Add a shelf behind the others."""
    form = CategoryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        names = {code: name for code, (name, _says) in form.names.items()}
        says = {code: said for code, (_name, said) in form.names.items()}
        actions.add_category(names[ours()[0]], names, says)
        messages.success(request, _("Saved."))
        return redirect("authoring:categories")
    return _form(request, form, _("New category"))


@require_http_methods(READS)
@never_cache
@administrator_required
def one(request: AgentRequest, number: int) -> HttpResponse:
    """Change what a shelf is called."""
    shelf = get_object_or_404(Category, pk=number)
    form = CategoryForm(request.POST if request.method == "POST" else None, category=shelf)
    if form.is_valid():
        with transaction.atomic():
            for code, (name, says) in form.names.items():
                actions.name_category(shelf, code, name, says)
        messages.success(request, _("Saved."))
        return redirect("authoring:categories")
    return _form(request, form, _("Category"))


@require_POST
@administrator_required
def place(request: AgentRequest, number: int) -> HttpResponse:
    """Put a shelf one further up or down."""
    shelf = get_object_or_404(Category, pk=number)
    order = list(Category.objects.order_by("position", "pk").values_list("pk", flat=True))
    step = 1 if request.POST.get("to") == "down" else -1
    actions.place_category(shelf, max(0, order.index(shelf.pk) + step))
    return redirect("authoring:categories")


@require_POST
@administrator_required
def delete(request: AgentRequest, number: int) -> HttpResponse:
    """Take a shelf away; its articles stand on none."""
    actions.remove_category(get_object_or_404(Category, pk=number))
    messages.success(request, _("The category is gone. Its articles stand on none."))
    return redirect("authoring:categories")


def _form(request: AgentRequest, form: CategoryForm, title: str) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = frame(request, title, "categories") | {"form": form}
    return render(request, "authoring/category.html", context, status=status)
