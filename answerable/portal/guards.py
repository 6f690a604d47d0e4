"""Who may open the pages of a whole company: its Super Admins, and nobody else of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from answerable.accounts.guards import AnyView, ContactRequest, contact_required
from answerable.accounts.models import Contact
from answerable.portal.queries.team import super_admins_of

P = ParamSpec("P")
View = Callable[Concatenate[ContactRequest, P], HttpResponseBase]
TEAM = gettext_lazy("Team is for Super Admins")
REPORT = gettext_lazy("Report is for Super Admins")


def for_super_admins(title: str | Promise) -> Callable[[View[P]], AnyView[P]]:
    """Let Super Admins in; tell others whom to ask, under a title."""

    def guarded(view: View[P]) -> AnyView[P]:
        @never_cache
        @contact_required
        @wraps(view)
        def guard(
            request: ContactRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if request.contact.product_role == Contact.Role.SUPER_ADMIN:
                return view(request, *args, **kwargs)
            return _closed(request, title)

        return guard

    return guarded


def _closed(request: ContactRequest, title: str | Promise) -> HttpResponse:
    names = _(" or ").join(super_admins_of(request.contact.customer))
    context = {"names": names, "title": title}
    return render(request, "portal/closed.html", context, status=403)
