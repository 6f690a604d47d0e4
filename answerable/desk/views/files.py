"""What came with a ticket's messages: each leads on to where files are served apart."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.pages import found as found_in
from answerable.files.taking import answered, take
from answerable.tickets.access import messages_for
from answerable.tickets.beside import file_answer, written_answer
from answerable.tickets.places import owner_of, place_of


@require_safe
@never_cache
@agent_required
def file(request: AgentRequest, number: int, attachment: int) -> HttpResponse:
    """Lead on to a file, or say why it is held back."""
    back = reverse("desk:ticket", args=[number])
    return file_answer(request, messages_for(request.user), number, attachment, back=back)


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
    return written_answer(request, messages_for(request.user), number, message)
