"""Whether an article helped: one vote for each reader and version, which they may change."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from answerable.accounts.access import contact_of
from answerable.help.forms import ReasonForm
from answerable.help.languages import in_its_language
from answerable.help.queries.article import page_of
from answerable.help.queries.votes import Voted, voted
from answerable.help.views.article import context_of
from answerable.help.voters import (
    VOTER,
    give_token,
    is_from_here,
    new_token,
    token_of,
    vote_of,
)
from answerable.intake.read_before import searched_in
from answerable.intake.visits import NAME as VISIT
from answerable.intake.visits import named_in, visitor_of
from answerable.knowledge.access import Person, person_of
from answerable.knowledge.actions import Feedback, say_helpful, vote
from answerable.knowledge.models import ArticleText
from answerable.knowledge.queries.reading import article_for
from answerable.lib.pages import wants_part


# Who is not signed in has no cookie for a key against forgery: see help.voters.
@csrf_exempt
@require_POST
@in_its_language
def helpful(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Keep what a reader says of an article, and lead back to the question."""
    person = person_of(request.user)
    text = article_for(person, language, slug, now())
    if text is None or text.current is None:
        raise Http404
    if not is_from_here(request):
        return _shown(request, text, person, _failed(), status=403)
    form = ReasonForm(request.POST) if "reason_asked" in request.POST else None
    if form and not form.is_valid():
        stands = voted(vote_of(request, text.current), form)
        return _shown(request, text, person, stands, status=422)
    token = token_of(request) or new_token()
    contact = contact_of(request.user)
    feedback = _said(request, form)
    vote(text.current, feedback, contact=contact, token=token, at=now())
    if visitor := visitor_of(request):
        say_helpful(text.current, visitor, helpful=feedback.helpful, at=now())
    answer = _answer(request, text, person, token)
    if contact is None:
        give_token(answer, token)
    return answer


def _said(request: HttpRequest, form: ReasonForm | None) -> Feedback:
    facts: dict[str, Any] = form.cleaned_data if form else {}
    return Feedback(
        helpful=form is None and request.POST.get("helpful") == "yes",
        reason=facts.get("reason", ""),
        words=facts.get("words", ""),
        searched=searched_in(request.POST),
    )


def _answer(
    request: HttpRequest, text: ArticleText, person: Person, token: str
) -> HttpResponse:
    """Show the part alone to a script; else lead back to the page, to where the question is."""
    if wants_part(request):
        request.COOKIES[VOTER] = token
        stands = voted(vote_of(request, text.current)) if text.current else _failed()
        return _shown(request, text, person, stands, status=200)
    path = resolve_url("help:article", text.language, text.slug)
    along = {"q": searched_in(request.POST), VISIT: named_in(request)}
    query = urlencode({name: value for name, value in along.items() if value})
    return redirect(f"{path}{'?' if query else ''}{query}#helpful")


def _shown(
    request: HttpRequest, text: ArticleText, person: Person, stands: Voted, *, status: int
) -> HttpResponse:
    page = page_of(text, person, now())
    template = "help/_helpful.html" if wants_part(request) else "help/article.html"
    context = context_of(request, page) | {"voted": stands}
    return render(request, template, context, status=status)


def _failed() -> Voted:
    return Voted(None, ReasonForm(), asks=False, failed=True)
