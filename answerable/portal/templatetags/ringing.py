"""Where a call rings on the pages of the portal: on each that is read by who waits for one."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.template.context import Context

from answerable.accounts.models import Contact
from answerable.intake.ringing import waits
from answerable.live.queries import newest_number

register = template.Library()


@register.inclusion_tag("portal/_call_place.html", takes_context=True)
def call_place(context: Context) -> dict[str, object]:
    """Show the bar of a call where its reader waits for one, and the page may open a
    microphone."""
    contact, request = context.get("me"), context.get("request")
    if request is None or not isinstance(contact, Contact):
        return {}
    if not request.path.startswith(tuple(settings.TALKING_PAGES)) or not waits(contact):
        return {}
    return {"contact": contact, "after": newest_number()}
