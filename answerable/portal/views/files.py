"""What came with a request's messages: each leads on to where files are served apart."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import ContactRequest, contact_required
from answerable.files.taking import answered
from answerable.portal.attaching import taken
from answerable.portal.views.requests import visible
from answerable.tickets.access import messages_as_contact
from answerable.tickets.beside import file_answer, written_answer
from answerable.tickets.places import NEW_REQUEST, place_of


@require_safe
@never_cache
@contact_required
def file(request: ContactRequest, number: int, attachment: int) -> HttpResponse:
    """Lead on to a file, or say why it is held back."""
    back = reverse("portal:request", args=[number])
    return file_answer(
        request, messages_as_contact(request.user), number, attachment, back=back
    )


@require_POST
@contact_required
def upload_new(request: ContactRequest) -> HttpResponse:
    """Let a file wait for a new request, or take it away again."""
    return answered(taken(request, request.contact, NEW_REQUEST))


@require_POST
@contact_required
def upload(request: ContactRequest, number: int) -> HttpResponse:
    """Let a file wait for an answer to a request, or take it away again."""
    visible(request, number, writes=True)
    return answered(taken(request, request.contact, place_of(number, "answer")))


@require_safe
@never_cache
@contact_required
def written(request: ContactRequest, number: int, message: int) -> HttpResponse:
    """Lead on to a mail as it was written; with pictures of the web, if they are asked for."""
    return written_answer(request, messages_as_contact(request.user), number, message)
