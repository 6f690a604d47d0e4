"""The words that the panel's script says itself, in the language of whoever reads."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _

from answerable.intake.asked import Asked
from answerable.intake.channels import channels_for
from answerable.intake.standing import Standing


def panel_words() -> dict[str, str]:
    """Return every string that the script may show; what has gaps is filled there."""
    return {
        **_of_sending(),
        "file_empty": _("{name}: the selected file is empty"),
        "file_too_big": _("{name}: the selected file must be smaller than {most} MB"),
        "most_mb": str(settings.ANSWERABLE_FILES_MAX_BYTES // 2**20),
        "new_name": _("Help and support, {count} new"),
        "remove": _("Remove"),
        "screenshot": _("screenshot"),
        "details": _("technical details"),
        "detail_page": _("Page"),
        "detail_browser": _("Browser"),
        "detail_window": _("Window"),
        "detail_language": _("Language"),
        "detail_errors": _("Last errors"),
        "detail_none": _("none"),
        "search_failed": _("Article search is not answering. You can still contact support."),
        "failed": _("This is not answering now. You can still contact support."),
        **_of_checking(),
    }


def _of_checking() -> dict[str, str]:
    """Return what is said while the times of the channels are asked for, and do not come."""
    return {
        "contact": _("Contact support"),
        "contact_page": contact_page(),
        "checking": _("Checking times…"),
        "no_times": _("We cannot show the wait now. You can still contact us."),
        "write": _("Email a specialist"),
        "other_page": _("Open the contact page"),
        "back": _("Back"),
    }


def contact_page() -> str:
    """Return the address of the way in that needs no page of the vendor's."""
    return f"{settings.ANSWERABLE_URL}{reverse('portal:new')}"


def standing_of_nobody() -> Standing:
    """Return what whoever is not signed in is told (W11)."""
    return channels_for(None, Asked(), now(), get_current_timezone()).standing


def _of_sending() -> dict[str, str]:
    return {
        "problem": _("There is a problem"),
        "not_received": _(
            "We did not receive your message. Nothing is lost: your text is still here."
        ),
        "send_again": _("Send again"),
        "offline": _(
            "You are offline. We send this when you are back. "
            "The guaranteed time starts when we receive it."
        ),
        "over": _("Your session ended. Sign in again to send. Your text is kept."),
        "sending": _("Sending…"),
        "in_memory": _(
            "This browser keeps nothing for us. "
            "What you type is kept until you close this page."
        ),
        "sent_elsewhere": _("This was sent from another tab."),
    }
