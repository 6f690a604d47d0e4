"""Rules: their list and order, and the page on which one is written and started."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.accounts.models import Agent
from answerable.lib.pages import page_or_part, wants_part
from answerable.office.pages import administrator_required, frame
from answerable.office.queries.rules import rule_rows
from answerable.office.rule_form import fresh_row, rule_in, sheet_of
from answerable.office.rule_samples import EMPTY, SAMPLES
from answerable.office.rule_words import STATES
from answerable.rules import actions
from answerable.rules.actions.keeping import problems_in
from answerable.rules.actions.telling import key_of
from answerable.rules.core.reading import Rule as Says
from answerable.rules.core.reading import rule_of
from answerable.rules.facts import field_sorts
from answerable.rules.models import Rule
from answerable.rules.names import Names
from answerable.rules.words import problem_words, sentence_of

ONWARD = {"start": "office:rule_start", "try": "office:rule_try"}


@require_safe
@never_cache
@administrator_required
def rules(request: AgentRequest) -> HttpResponse:
    """List the rules in their order, with what they did."""
    context = _frame(request, _("Rules"))
    context |= {"rows": rule_rows(now(), get_current_timezone()), "samples": SAMPLES}
    return render(request, "office/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def new(request: AgentRequest) -> HttpResponse:
    """Begin a rule, from a sample where one is named."""
    sample = SAMPLES.get(request.GET.get("from", ""))
    says = sample.says if sample else EMPTY
    name = str(sample.name) if sample else ""
    if request.method != "POST":
        return _sheet(request, None, says, name)
    return _entered(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def one(request: AgentRequest, number: int) -> HttpResponse:
    """Change a rule; what acts goes on until the change is started."""
    rule = _found(number)
    if request.method != "POST":
        return _sheet(request, rule, rule_of(rule.draft), rule.name)
    return _entered(request, rule)


@require_POST
@administrator_required
def said(request: AgentRequest) -> HttpResponse:
    """Return what a rule that is being written does, in a sentence, and what is wrong."""
    context = _said(rule_in(request.POST, field_sorts()), Names(), is_written=False)
    return render(request, "office/parts/_rule_said.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def start(request: AgentRequest, number: int) -> HttpResponse:
    """Ask whether a rule should act as its draft says, then let it."""
    rule = _found(number)
    says = rule_of(rule.draft)
    if request.method == "POST":
        try:
            is_meant = "meant" in request.POST
            actions.start_rule(rule, is_meant=is_meant, agent=request.agent, at=now())
        except actions.NotReady:
            pass
        else:
            messages.success(request, _("{name} acts from now on.").format(name=rule.name))
            return redirect("office:rules")
    context = _frame(request, _("Start the rule")) | {"rule": rule} | _said(says, Names())
    status = 422 if request.method == "POST" else 200
    return render(request, "office/rule_start.html", context, status=status)


@require_POST
@administrator_required
def act(request: AgentRequest, number: int, what: str) -> HttpResponse:
    """Pause a rule, resume it, throw it away, move it, or let it act again where it stopped."""
    rule, at = _found(number), now()
    match what:
        case "pause":
            actions.pause_rule(rule, at=at)
        case "resume":
            actions.resume_rule(rule, at=at)
        case "retire":
            actions.retire_rule(rule, at=at)
        case "up" | "down":
            actions.move_rule(rule, up=what == "up")
        case "lift":
            actions.lift_halts(rule, at=at)
        case _:
            raise Http404
    messages.success(request, _("Saved."))
    return redirect("office:rules")


def _entered(request: AgentRequest, rule: Rule | None) -> HttpResponse:
    """Show the page again with a row more or less, or keep what was entered and go on."""
    says = rule_in(request.POST, field_sorts())
    name, do = request.POST.get("name", ""), request.POST.get("do", "")
    if do not in {"save", "start", "try"}:
        return _sheet(request, rule, says, name)
    if not name.strip():
        return _sheet(request, rule, says, name, error=_("Enter a name"))
    owner = _owner(request)
    if rule is None:
        rule = actions.begin_rule(name=name, says=says, owner=owner, at=now())
    else:
        actions.keep_rule(rule, name=name, says=says, owner=owner, at=now())
    found = problems_in(says)
    if do == "start" and any(not problem.is_warning for problem in found):
        return _sheet(request, rule, says, name, is_checked=True)
    if do == "save":
        messages.success(request, _("Saved as a draft."))
    return redirect(ONWARD.get(do, "office:rule"), rule.pk)


def _owner(request: AgentRequest) -> Agent:
    chosen = request.POST.get("owner", "")
    found = Agent.objects.active().filter(pk=chosen).first() if chosen.isdecimal() else None
    return found or request.agent


def _sheet(  # All that the page is drawn from.
    request: AgentRequest,
    rule: Rule | None,
    says: Says,
    name: str,
    *,
    error: str = "",
    is_checked: bool = False,
) -> HttpResponse:
    names, sorts = Names(), field_sorts()
    told = [(p, problem_words(p)) for p in problems_in(says)] if is_checked else []
    owner = request.POST.get("owner") or str(rule.owner_id if rule else request.agent.pk)
    sheet = sheet_of(says, names, sorts, told)
    context = _frame(request, rule.name if rule else _("New rule")) | {
        "rule": rule,
        "state": STATES[rule.state] if rule else STATES[Rule.State.DRAFT],
        "name": name,
        "name_error": error,
        "owners": [(pk, who, pk == owner) for pk, who in names.agents.items()],
        "sheet": sheet,
        "groups": [(*group, sheet.groups[group[0]]) for group in _groups()],
        "signing_key": key_of(rule.pk) if rule and _has_webhook(says) else "",
        "page_address": request.get_full_path(),
        "fresh": fresh_row(request.POST.get("do", ""), says),
    }
    context |= _said(says, names, is_written=is_checked)
    page, part = "office/rule.html", "office/parts/_rule_form.html"
    if wants_part(request):
        return page_or_part(request, page, part, context)
    return render(request, page, context, status=422 if error or is_checked else 200)


def _said(says: Says, names: Names, *, is_written: bool = True) -> dict[str, object]:
    """Return the sentence of a rule and what is wrong with it; while it is being written, its
    sentence alone says what is not chosen yet."""
    found = [one for one in problems_in(says) if is_written or one.code != "value_missing"]
    return {
        "sentence": sentence_of(says, names),
        "problems": [(p, problem_words(p)) for p in found if not p.is_warning],
        "warnings": [problem_words(p) for p in found if p.is_warning],
    }


def _groups() -> list[tuple[str, str, str]]:
    return [
        ("every", _("If all of this is so"), _("Add a condition")),
        ("some", _("And one of this"), _("Add a condition to “one of this”")),
        ("never", _("But never if"), _("Add an exception")),
    ]


def _has_webhook(says: Says) -> bool:
    return any(act.kind == "webhook" for act in says.then)


def _found(number: int) -> Rule:
    found = Rule.objects.kept().filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404
    return found


def _frame(request: AgentRequest, title: str) -> dict[str, object]:
    return frame(request, title) | {"section": "rules"}
