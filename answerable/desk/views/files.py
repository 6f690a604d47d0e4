"""What came with a ticket's messages: each leads on to where files are served apart."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.pages import found as found_in
from answerable.files.taking import answered, take
from answerable.files.words import held_words
from answerable.tickets.access import attachment_among, messages_for
from answerable.tickets.beside import led_to_file, led_to_html
from answerable.tickets.models import HtmlBody
from answerable.tickets.places import owner_of, place_of


@require_safe
@never_cache
@agent_required
def file(request: AgentRequest, number: int, attachment: int) -> HttpResponse:
    """Lead on to a file, or say why it is held back."""
    found = attachment_among(messages_for(request.user), number, attachment)
    if found is None:
        raise Http404
    if held := held_words(found.file):
        back = {"back": reverse("desk:ticket", args=[number]), "back_label": f"#{number}"}
        context = {"held": held, "name": found.name} | back
        return render(request, "design/held.html", context, status=409)
    return led_to_file(found, view="view" in request.GET)


@require_POST
@agent_required
def uploads(request: AgentRequest, number: int, mode: str) -> HttpResponse:
    """Let a file wait beside a reply or a note, or take it away again."""
    found_in(request, number)
    place = place_of(number, mode)
    return answered(take(request, owner_of(request.agent), place, at=now()))


@require_safe
@never_cache
@agent_required
def written(request: AgentRequest, number: int, message: int) -> HttpResponse:
    """Lead on to a mail as it was written; with pictures of the web, if they are asked for."""
    messages = messages_for(request.user).filter(ticket=number)
    body = get_object_or_404(HtmlBody, pk=message, message__in=messages)
    theme = request.COOKIES.get("theme", "")
    return led_to_html(body, pictures="pictures" in request.GET, theme=theme)
