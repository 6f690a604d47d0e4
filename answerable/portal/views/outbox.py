"""The local outbox: each mail that would have left this machine, to be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from answerable.accounts.guards import agent_required
from answerable.accounts.models import Agent, Installation
from answerable.lib.pages import page_or_part
from answerable.portal.queries.outbox import sent_mail, sent_mails

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def readable(view: View[P]) -> View[P]:
    """Open the outbox to anybody in a demonstration, else to administrators.

    There are links in it that sign people in, so outside a demonstration it is not for all.
    """
    for_administrators = agent_required(role=Agent.Role.ADMINISTRATOR)(view)

    @wraps(view)
    def guard(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not settings.ANSWERABLE_MAIL_URL.startswith("outbox:"):
            raise Http404
        if Installation.objects.filter(demo=True).exists():
            return view(request, *args, **kwargs)
        return for_administrators(request, *args, **kwargs)

    return guard


@readable
def outbox(request: HttpRequest) -> HttpResponse:
    """List the mails that were sent, newest first."""
    number = request.GET.get("ticket", "").lstrip("#")
    ticket = int(number) if number.isdecimal() and len(number) < 19 else None
    mails, page = sent_mails(ticket=ticket, page=request.GET.get("page", "1"))
    context = {"mails": mails, "page": page, "ticket": ticket}
    return page_or_part(request, "portal/outbox.html", "portal/_outbox.html", context)


@readable
def mail(request: HttpRequest, key: int) -> HttpResponse:
    """Show one sent mail: its headers and its text."""
    sent = sent_mail(key)
    if sent is None:
        raise Http404
    return render(request, "portal/mail.html", {"sent": sent})
