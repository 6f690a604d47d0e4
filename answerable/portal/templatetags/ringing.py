"""Where a call rings on the pages of the portal, and what tells them of changes."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.template.context import Context

from answerable.accounts.models import Contact
from answerable.live.queries import newest_number

register = template.Library()


@dataclass(frozen=True, slots=True)
class Stream:
    """Whose requests a page listens to, and after which change."""

    person: int
    after: int


@register.simple_tag(takes_context=True)
def customer_stream(context: Context) -> Stream | None:
    """Return what the page of somebody who is signed in listens to, so that a call can ring
    there which they ask for later, on another page; None where no microphone may be opened."""
    contact, request = context.get("me"), context.get("request")
    if request is None or not isinstance(contact, Contact):
        return None
    if not request.path.startswith(tuple(settings.TALKING_PAGES)):
        return None
    return Stream(contact.pk, context.get("after") or newest_number())
