"""The widget as an administrator sets it up: workspace, keys, accounts, a test of tokens."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.actions import widget as actions
from answerable.accounts.guards import AgentRequest
from answerable.accounts.models import Customer, WidgetKey
from answerable.accounts.signed import workspace
from answerable.lib.paging import page_of
from answerable.office import token_words
from answerable.office.pages import administrator_required, frame
from answerable.office.queries import widget as queries
from answerable.office.widget_forms import AccountForm, KeyForm, TokenForm, WorkspaceForm

A_PAGE = 50


def _frame(request: AgentRequest, title: str) -> dict[str, object]:
    return frame(request, title) | {"section": "widget"}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def widget(request: AgentRequest) -> HttpResponse:
    """Show how the widget is set up, and change the workspace."""
    kept = workspace()
    initial = {
        "name": kept.name,
        "origins": "\n".join(kept.origins),
        "anonymous": kept.anonymous,
    }
    form = WorkspaceForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        actions.save_workspace(**form.cleaned_data, at=now())
        messages.success(request, _("Saved."))
        return redirect("office:widget")
    context = _frame(request, _("Help widget")) | {
        "form": form,
        "keys": queries.keys(now()),
        "snippet": queries.snippet(),
        "now": now(),
    }
    status = 422 if form.errors else 200
    return render(request, "office/widget.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def new_key(request: AgentRequest) -> HttpResponse:
    """Register a key; a secret that we made is shown on this one answer."""
    form = KeyForm(request.POST if request.method == "POST" else None)
    context = _frame(request, _("New key")) | {"form": form}
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "office/widget_key.html", context, status=status)
    key, secret = actions.make_key(form.key(), agent=request.agent, at=now())
    context = _frame(request, key.name) | {"key": key, "secret": secret}
    return render(request, "office/widget_key_made.html", context, status=201)


@require_POST
@administrator_required
def end_key(request: AgentRequest, number: int) -> HttpResponse:
    """End a key, and with it the sessions that it opened."""
    key = WidgetKey.objects.filter(pk=number).first() if number < 2**63 else None
    if key is None:
        raise Http404
    ended = actions.end_key(key, at=now())
    words = ngettext(
        "{name} has ended, and {count} session with it.",
        "{name} has ended, and {count} sessions with it.",
        ended,
    )
    messages.success(request, words.format(name=key.name, count=ended))
    return redirect("office:widget")


@sensitive_post_parameters("token")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def test(request: AgentRequest) -> HttpResponse:
    """Say what is wrong with a token, or whom it lets in."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    context = _frame(request, _("Test a token")) | {"form": form}
    if form.is_valid():
        found = queries.tested(form.cleaned_data["token"], now())
        context["found"] = found
        context["wrong"] = token_words.said(found.refused) if found.refused else ""
    status = 422 if form.errors else 200
    return render(request, "office/widget_test.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def accounts(request: AgentRequest) -> HttpResponse:
    """List the customers with what the vendor's product calls each, and change one."""
    trouble, asked = "", request.GET.get("page", "1")
    if request.method == "POST":
        trouble = _called(request)
        if not trouble:
            return redirect(f"{request.path}?{urlencode({'page': asked})}")
    page = page_of(Customer.objects.order_by("name", "pk"), asked, size=A_PAGE)
    context = _frame(request, _("Accounts")) | {"page": page, "trouble": trouble}
    status = 422 if trouble else 200
    return render(request, "office/widget_accounts.html", context, status=status)


def _called(request: AgentRequest) -> str:
    """Keep what a customer is called; return what is wrong with it in words, or nothing."""
    number, form = request.POST.get("customer", ""), AccountForm(request.POST)
    known = number.isascii() and number.isdecimal() and len(number) < 19
    customer = Customer.objects.filter(pk=int(number)).first() if known else None
    if customer is None:
        raise Http404
    if not form.is_valid():
        return _("Enter a key of 100 characters or fewer, without line breaks")
    try:
        actions.call_customer(customer, form.cleaned_data["key"])
    except actions.KeyTaken:
        words = _("Another customer has the key {key}.")
        return words.format(key=form.cleaned_data["key"])
    messages.success(request, _("Saved."))
    return ""
