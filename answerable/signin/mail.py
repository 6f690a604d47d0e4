"""The mails that let customers in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from answerable.accounts.actions import make_sign_in_link
from answerable.accounts.models import Contact
from answerable.channels.email.actions import queue_sign_in_link, send_letter


def send_link(contact: Contact | None, address: str, *, leads_to: str, at: datetime) -> None:
    """Mail a sign-in link to a contact; anybody else is told by mail that there is none."""
    if contact:
        token = make_sign_in_link(contact, leads_to=leads_to, at=at)
        path = reverse("signin:link", args=[token])
        queue_sign_in_link(contact, settings.ANSWERABLE_URL + path, at=at)
        return
    context = {
        "address": address,
        "vendor": settings.ANSWERABLE_VENDOR,
        "support": settings.ANSWERABLE_MAIL_ADDRESS,
    }
    subject = _("Sign in to {vendor} Support").format(vendor=settings.ANSWERABLE_VENDOR)
    body = render_to_string("signin/mail_unknown.txt", context)
    send_letter(to=address, subject=subject, body=body, at=at)
