"""Canned answers: texts that agents send often."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.channels.chat.actions import canned
from answerable.channels.chat.models import CannedAnswer
from answerable.office.answer_forms import CannedAnswerForm
from answerable.office.pages import administrator_required, frame
from answerable.office.queries.people import language_name


@require_safe
@never_cache
@administrator_required
def answers(request: AgentRequest) -> HttpResponse:
    """List the answers by name, with how often each was used."""
    kept = CannedAnswer.objects.filter(removed_at=None).order_by("name", "language")
    rows = [(answer, language_name(answer.language)) for answer in kept]
    return render(
        request, "office/answers.html", _frame(request, _("Canned answers"), rows=rows)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def new(request: AgentRequest) -> HttpResponse:
    """Write another answer."""
    answer = CannedAnswer(language=request.agent.language)
    return _entered(request, answer, _("New answer"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def one(request: AgentRequest, number: int) -> HttpResponse:
    """Change an answer."""
    answer = _answer(number)
    return _entered(request, answer, answer.name)


@require_POST
@administrator_required
def remove(request: AgentRequest, number: int) -> HttpResponse:
    """Remove an answer."""
    answer = _answer(number)
    canned.remove_canned(answer, at=now())
    messages.success(request, _("{name} is removed.").format(name=answer.name))
    return redirect("office:answers")


def _entered(request: AgentRequest, answer: CannedAnswer, title: str) -> HttpResponse:
    form = CannedAnswerForm(answer, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            canned.save_canned(form.entered())
        except canned.NameTaken:
            words = _("There is an answer with this name in this language. Enter another.")
            form.add_error("name", words)
        else:
            messages.success(request, _("Saved."))
            return redirect("office:answers")
    context = _frame(request, title, form=form, answer=answer if answer.pk else None)
    return render(request, "office/answer.html", context, status=422 if form.errors else 200)


def _frame(request: AgentRequest, title: str, **more: object) -> dict[str, object]:
    return frame(request, title) | {"section": "answers"} | more


def _answer(number: int) -> CannedAnswer:
    kept = CannedAnswer.objects.filter(removed_at=None)
    found = kept.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404
    return found
