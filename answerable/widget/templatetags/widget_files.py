"""What came with a message, in the panel: addresses that work without cookies, for minutes."""

from __future__ import annotations

from dataclasses import replace

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from answerable.design.files import files_html
from answerable.files import capability
from answerable.intake.shown.conversation import Entry
from answerable.tickets.beside import file_views, said_html
from answerable.tickets.models import Message

register = template.Library()


@register.simple_tag
def files_beside(entry: Entry) -> SafeString:
    """List the files that came with a message, which whoever may read it was asked for."""
    names = {one.pk: one.name for one in entry.files}

    def address(number: int) -> str:
        # Without a host of its own a file is on ours, and this page is on another.
        found = capability.address("file", number, name=names[number])
        return found if "://" in found else f"{settings.ANSWERABLE_URL}{found}"

    # A page's policy lets no pictures of ours in: files are listed by name.
    listed = (
        replace(one, picture=None, opens=False, is_small=False)
        for one in file_views(entry.files, address)
    )
    return files_html([*listed])


@register.simple_tag
def said(message: Message) -> SafeString:
    """Show what a message says."""
    return said_html(message)
