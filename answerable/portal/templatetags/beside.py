"""What came with a message, on customer pages."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from answerable.design.files import FileView, as_written_html, files_html
from answerable.design.links import linked
from answerable.intake.shown.conversation import Conversation, Entry
from answerable.tickets.beside import file_views, frame_view, html_of, said_html
from answerable.tickets.models import Message

register = template.Library()


@register.simple_tag
def said(message: Message) -> SafeString:
    """Show what a message says: its text, and where it has one its look as it was written."""
    text = said_html(message) + _folded(message)
    body = html_of(message)
    if body is None:
        return SafeString(text)
    address = reverse("portal:written", args=[message.ticket_id, message.pk])
    return as_written_html(frame_view(message, body, address), text, is_first=body.is_rich)


@register.simple_tag
def files(entry: Entry) -> SafeString:
    """List the files that came with a message."""
    return files_html(file_views(entry.files, _address(entry)))


@register.simple_tag
def files_of(conversation: Conversation) -> list[FileView]:
    """Return the files of a conversation that may be had, in the order in which they came."""
    return [
        view
        for entry in conversation.entries
        for view in file_views(entry.files, _address(entry))
        if not view.held and not view.is_small
    ]


def _address(entry: Entry) -> Callable[[int], str]:
    def address(number: int) -> str:
        return reverse("portal:file", args=[entry.event.ticket_id, number])

    return address


def _folded(message: Message) -> str:
    if not message.folded:
        return ""
    words = escape(_("Show what was quoted"))
    inner = f"<summary>{words}</summary>{linked(message.folded)}"
    return f'<details class="folded">{inner}</details>'
