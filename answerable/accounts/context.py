"""What every page knows about the installation and its reader."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from answerable.accounts.access import agent_of, contact_of
from answerable.accounts.models import Installation


def installation(request: HttpRequest) -> dict[str, object]:
    """Return the installation, the vendor's name, and who reads; each looked up when used."""
    user = getattr(request, "user", None)
    return {
        "installation": SimpleLazyObject(
            lambda: Installation.objects.filter(pk=1).first() or Installation(demo=False)
        ),
        "vendor": settings.ANSWERABLE_VENDOR,
        "me_agent": SimpleLazyObject(lambda: agent_of(user) if user else None),
        "me_contact": SimpleLazyObject(lambda: contact_of(user) if user else None),
    }
