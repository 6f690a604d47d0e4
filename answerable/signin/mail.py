"""The mails that let people in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from answerable.accounts.actions import make_sign_in_link
from answerable.accounts.models import Contact
from answerable.signin.letters import send_letter


def send_link(contact: Contact | None, address: str, *, leads_to: str, at: datetime) -> None:
    """Mail a sign-in link to a contact; anybody else is told by mail that there is none."""
    with translation.override(contact.language if contact else translation.get_language()):
        if contact is None:
            body = render_to_string("signin/mail_unknown.txt", _common(address))
        else:
            token = make_sign_in_link(contact, leads_to=leads_to, at=at)
            path = reverse("signin:link", args=[token])
            context = {"name": contact.name, "link": settings.ANSWERABLE_URL + path}
            body = render_to_string("signin/mail_link.txt", _common(address) | context)
        subject = _("Sign in to {vendor} Support").format(vendor=settings.ANSWERABLE_VENDOR)
    send_letter(to=address, subject=subject, body=body, at=at)


def _common(address: str) -> dict[str, str]:
    return {
        "address": address,
        "vendor": settings.ANSWERABLE_VENDOR,
        "support": settings.ANSWERABLE_MAIL_ADDRESS,
    }
