"""Skills: what some agents know, and the products whose tickets need it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.office.pages import administrator_required, frame
from answerable.office.people_forms import SkillForm
from answerable.office.queries import people as queries
from answerable.routing.actions import abilities
from answerable.routing.models import Skill


@require_safe
@never_cache
@administrator_required
def skills(request: AgentRequest) -> HttpResponse:
    """List the skills, each with how many agents have it."""
    context = frame(request, _("Skills")) | {"section": "people", "skills": queries.skills()}
    return render(request, "office/skills.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def new(request: AgentRequest) -> HttpResponse:
    """Name another skill."""
    return _entered(request, Skill(), _("New skill"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def one(request: AgentRequest, number: int) -> HttpResponse:
    """Change a skill."""
    skill = _skill(number)
    return _entered(request, skill, skill.name)


@require_POST
@administrator_required
def remove(request: AgentRequest, number: int) -> HttpResponse:
    """Remove a skill."""
    skill = _skill(number)
    abilities.remove_skill(skill)
    messages.success(request, _("{name} is removed.").format(name=skill.name))
    return redirect("office:skills")


def _entered(request: AgentRequest, skill: Skill, title: str) -> HttpResponse:
    form = SkillForm(skill, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            abilities.save_skill(form.entered())
        except abilities.NameTaken:
            form.add_error("name", _("There is a skill with this name. Enter another."))
        else:
            messages.success(request, _("Saved."))
            return redirect("office:skills")
    context = frame(request, title) | {
        "section": "people",
        "form": form,
        "skill": skill if skill.pk else None,
    }
    return render(request, "office/skill.html", context, status=422 if form.errors else 200)


def _skill(number: int) -> Skill:
    found = Skill.objects.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404
    return found
