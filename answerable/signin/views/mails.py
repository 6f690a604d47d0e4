"""Ends the mails that agents get beside the desk, or begins them again, without signing in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from answerable.accounts.actions import notify_by_mail
from answerable.accounts.models import Agent
from answerable.channels.email import ours


@csrf_exempt  # A mail program presses it for its reader (RFC 8058); the address is the proof.
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mails(request: HttpRequest, token: str) -> HttpResponse:
    """Show whether an agent gets mails, and change it: what only looks changes nothing."""
    agent = Agent.objects.active().filter(pk=ours.unsubscribing(token)).first()
    if agent is None:
        raise Http404
    if request.method == "POST":
        notify_by_mail(agent, wanted=request.POST.get("wanted") == "yes")
        return redirect("signin:mails", token)
    return render(request, "signin/mails.html", {"agent": agent})
