"""The log of what rules did, taking it back, and trying rules on the last 30 days."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.lib.pages import page_or_part
from answerable.office.pages import administrator_required, frame
from answerable.office.queries.rules import A_PAGE, run_rows, runs_asked, trial_rows
from answerable.office.rule_words import OUTCOMES
from answerable.rules import actions
from answerable.rules.core.reading import rule_of
from answerable.rules.models import Rule, Run, Trial
from answerable.rules.replaying import UNKNOWABLE


@require_safe
@never_cache
@administrator_required
def runs(request: AgentRequest) -> HttpResponse:
    """Show what rules did and why not, the newest first, as far as is asked for."""
    asked = {name: request.GET.get(name, "") for name in ("rule", "ticket", "outcome")}
    before = request.GET.get("before", "")
    found = runs_asked(asked)
    if before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found[: A_PAGE + 1])
    more = {**asked, "before": str(rows[A_PAGE - 1].pk)} if len(rows) > A_PAGE else None
    context = _frame(request, _("Log of rules")) | {
        "rows": run_rows(rows[:A_PAGE]),
        "asked": asked,
        "rules": list(Rule.objects.order_by("name", "pk").values_list("pk", "name")),
        "outcomes": list(OUTCOMES.items()),
        "more": urlencode(more) if more else "",
    }
    return render(request, "office/rule_runs.html", context)


@require_POST
@administrator_required
def undo(request: AgentRequest, number: int) -> HttpResponse:
    """Take back what a rule did in one run."""
    run = Run.objects.filter(pk=number).first() if number < 2**63 else None
    if run is None:
        raise Http404
    try:
        done, kept = actions.take_back_run(run, agent=request.agent, at=now())
    except actions.NothingToUndo:
        messages.error(request, _("There is nothing to take back any more."))
    else:
        messages.success(request, _taken_back(done, kept))
    return redirect(f"/office/rules/runs/?{urlencode({'ticket': str(run.ticket_id)})}")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def begin(request: AgentRequest, number: int | None = None) -> HttpResponse:
    """Ask whether a rule's draft, or all rules that act, should be tried; then begin."""
    rules = Rule.objects.kept().filter(pk=number) if number else Rule.objects.active()
    found = list(rules.select_related("version"))
    if number and not found:
        raise Http404
    if request.method == "POST" and found:
        asked = [
            (one.pk, one.name, rule_of(one.draft if number else one.version.says))  # type: ignore[union-attr]  # Those that act have a version.
            for one in found
        ]
        trial = actions.begin_trial(asked, agent=request.agent, at=now())
        return redirect("office:rule_trial", trial.pk)
    context = _frame(request, _("Try on the last 30 days"))
    return render(request, "office/rule_try.html", context | {"rules": found, "one": number})


@require_safe
@never_cache
@administrator_required
def trial(request: AgentRequest, number: int) -> HttpResponse:
    """Show what a trial found so far; the part of it that changes fetches itself."""
    found = Trial.objects.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404
    context = _frame(request, _("Tried on the last 30 days")) | {
        "trial": found,
        "rows": trial_rows(found, UNKNOWABLE),
    }
    return page_or_part(
        request, "office/rule_trial.html", "office/parts/_rule_trial.html", context
    )


def _taken_back(done: int, kept: int) -> str:
    words = ngettext(
        "{done} change is taken back.", "{done} changes are taken back.", done
    ).format(done=done)
    if not kept:
        return words
    stays = ngettext(
        "{kept} stays: somebody changed it since.",
        "{kept} stay: somebody changed them since.",
        kept,
    )
    return f"{words} {stays.format(kept=kept)}"


def _frame(request: AgentRequest, title: str) -> dict[str, object]:
    return frame(request, title) | {"section": "rules"}
