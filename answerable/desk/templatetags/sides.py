"""What a side conversation shows of each message."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from answerable.design.links import linked
from answerable.desk import side_html
from answerable.desk.queries.sides import SideView
from answerable.tickets.models import SideMessage

register = template.Library()


@register.simple_tag
def side_state(message: SideMessage) -> SafeString:
    """Say who is not verified, or whom it did not reach."""
    return SafeString(side_html.state_html(message))  # Every text in it is escaped.


@register.simple_tag
def side_text(message: SideMessage) -> SafeString:
    """Show what a message says, and what is folded below it."""
    text = SafeString(linked(message.body))  # It is escaped there.
    if not message.folded:
        return text
    pattern = '{}<details class="folded"><summary>{}</summary>{}</details>'
    return format_html(pattern, text, _("Show quoted text"), message.folded)


@register.simple_tag
def side_files(side: SideView, message: SideMessage) -> SafeString:
    """Show the files of a message."""
    return SafeString(side_html.side_files(side, message))  # Every text in it is escaped.
