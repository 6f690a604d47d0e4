"""The page of one's own keys: changed, switched off, or as the table has them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.preferences.actions import choose_keys
from answerable.desk.key_forms import SINGLE, KeysForm
from answerable.desk.pages import frame_context
from answerable.live.queries import newest_number


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def own_keys(request: AgentRequest) -> HttpResponse:
    """Show the keys that an agent may change, or keep what they chose."""
    agent = request.agent
    if request.method == "POST" and "standard" in request.POST:
        choose_keys(agent, {}, single=agent.single_keys)
        messages.success(request, _("The standard keys are back."))
        return redirect("desk:keys")
    posted = request.POST if request.method == "POST" else None
    form = KeysForm(agent.keys, posted, single=agent.single_keys)
    if posted is not None and form.is_valid():
        choose_keys(agent, form.own, single=form.cleaned_data[SINGLE])
        messages.success(request, _("Saved. Your keys act from now on."))
        return redirect("desk:keys")
    context = frame_context(request) | {"form": form, "view": "keys", "after": newest_number()}
    return render(request, "desk/keys.html", context, status=422 if form.errors else 200)
