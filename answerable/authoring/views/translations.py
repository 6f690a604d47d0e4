"""Translations: begun by a person, ordered from a machine, and read over by a person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.authoring.pages import found_article, found_text
from answerable.authoring.words import is_language
from answerable.knowledge import actions
from answerable.knowledge.machines.machine import machine
from answerable.knowledge.machines.trouble import WORDS
from answerable.knowledge.models import TranslationOrder


@require_POST
@agent_required
def language(request: AgentRequest, key: str) -> HttpResponse:
    """Go on to the editor of a language that was chosen."""
    article = found_article(key)
    code = request.POST.get("language", "")
    if not is_language(code):
        messages.error(request, _("Select a language"))
        return redirect("authoring:article", key)
    return redirect("authoring:edit", article.key, code)


@require_POST
@agent_required
def translate(request: AgentRequest, key: str, language: str) -> HttpResponse:
    """Order a translation from the machine that is set up."""
    article = found_article(key)
    if machine() is None:
        messages.error(request, str(WORDS["none"]))
    elif actions.order_translation(article, language, by=request.agent, at=now()):
        messages.success(request, _("Ordered. The page shows it when it is there."))
    else:
        messages.error(request, _("Publish the official text first: this one translates it."))
    return redirect("authoring:article", key)


@require_POST
@agent_required
def cancel(request: AgentRequest, key: str, language: str) -> HttpResponse:
    """Give up an order that waits."""
    article = found_article(key)
    waiting = TranslationOrder.objects.filter(
        version__text__article=article, language=language, state=TranslationOrder.State.WAITING
    )
    for order in waiting:
        actions.cancel_order(order, at=now())
    return redirect("authoring:article", key)


@require_POST
@agent_required
def checked(request: AgentRequest, key: str, language: str) -> HttpResponse:
    """Say that the reader has read a machine's translation over, as it stood on their page."""
    text = found_text(found_article(key), language)
    number = request.POST.get("number", "")
    version = text.current
    if version is None or str(version.number) != number:
        messages.error(request, _("This translation has changed since. Read it again."))
    elif actions.check_translation(version, by=request.agent, at=now()):
        messages.success(request, _("Noted: you checked this translation."))
    return redirect("authoring:article", key)
