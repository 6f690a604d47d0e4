"""Where a text is found: moving it leaves a way from where it was."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.authoring.forms import AddressForm
from answerable.authoring.pages import found_article, found_text, frame
from answerable.knowledge import actions
from answerable.knowledge.actions import SlugTaken


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def address(request: AgentRequest, key: str, language: str) -> HttpResponse:
    """Move a text to another address."""
    article = found_article(key)
    text = found_text(article, language)
    form = AddressForm(
        request.POST if request.method == "POST" else None, initial={"slug": text.slug}
    )
    if form.is_valid():
        try:
            actions.move(text, form.cleaned_data["slug"], by=request.agent, at=now())
        except SlugTaken:
            form.add_error("slug", _("Another article is found there. Enter another address."))
        else:
            messages.success(request, _("Moved. The old address leads on to the new one."))
            return redirect("authoring:article", key)
    status = 422 if form.is_bound else 200
    context = frame(request, _("Address")) | {"form": form, "article": article, "text": text}
    return render(request, "authoring/address.html", context, status=status)
