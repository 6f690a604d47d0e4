"""How it went: on the page of a request, and by what stands in the links of a mail."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import translation
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import ContactRequest, contact_required
from answerable.intake.surveying import Shown, answered, number_in, shown, shown_to
from answerable.portal.views.requests import visible
from answerable.surveys.actions import choose
from answerable.surveys.addresses import survey_of
from answerable.surveys.models import Survey
from answerable.surveys.queries import survey_on, wants_questions
from answerable.tickets.models import Ticket


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@contact_required
def survey(request: ContactRequest, number: int) -> HttpResponse:
    """Show what this person is asked about a request, where that is not what their page shows;
    or keep their answer."""
    ticket = visible(request, number)
    if request.method == "POST":
        return _answer(request, ticket)
    asked = shown_to(request.contact, ticket, now())
    if request.GET.get("seen", "") == (asked.seen if asked else ""):
        return HttpResponse(status=204)
    return _part(request, ticket, asked)


def _answer(request: ContactRequest, ticket: Ticket) -> HttpResponse:
    found = survey_on(ticket, request.contact, now())
    asked = found and answered(found, request.POST.dict(), via=Survey.Via.PORTAL, at=now())
    if asked and asked.problem:
        return _whole(request, asked, status=422)
    return redirect(f"{resolve_url('portal:request', number=ticket.pk)}#survey")


def _part(request: ContactRequest, ticket: Ticket, asked: Shown | None) -> HttpResponse:
    context = {"ticket": ticket, "asked": asked}
    return render(request, "portal/_survey.html", context)


def _whole(
    request: HttpRequest, asked: Shown, token: str = "", status: int = 200
) -> HttpResponse:
    ends_at = asked.survey.ends_at
    is_over = ends_at is None or ends_at <= now()
    context = {"asked": asked, "token": token, "is_over": is_over}
    return render(request, "portal/survey.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables("token")
def survey_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show the answer that a link names, or keep what the page's form sends. Looking keeps
    nothing: mail servers open links before their readers do."""
    found = _found(token)
    with translation.override(found.contact.language):
        if request.method != "POST":
            return _whole(request, shown(found, chosen=_chosen(request, found)), token)
        asked = answered(found, request.POST.dict(), via=Survey.Via.MAIL, at=now())
        if asked and asked.problem:
            return _whole(request, asked, token, status=422)
        return redirect("portal:survey_by_link", token=token)


@csrf_exempt  # A mail program presses it for its reader (RFC 8058); the address is the proof.
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables("token")
def no_more(request: HttpRequest, token: str) -> HttpResponse:
    """Show whether somebody is asked how it went, and change it: looking changes nothing."""
    found = _found(token)
    if request.method == "POST":
        choose(found.contact, asked=request.POST.get("wanted") == "yes", at=now())
        return redirect("portal:survey_no_more", token=token)
    context = {"survey": found, "wanted": wants_questions(found.contact), "token": token}
    with translation.override(found.contact.language):
        return render(request, "portal/survey_no_more.html", context)


def _found(token: str) -> Survey:
    found = survey_of(token)
    if found is None:
        raise Http404
    return found


def _chosen(request: HttpRequest, found: Survey) -> int:
    """Return the answer that the link names, where it is one of the scale and another than the
    one that is kept."""
    chosen = number_in(request.GET.get("answer", ""))
    offered = {choice.value for choice in shown(found).choices}
    return chosen if chosen in offered and chosen != found.answer else 0
