"""Text messages to our number: STOP and START are heeded; to others it says who reads them."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from answerable.accounts.actions.limits import within_limit
from answerable.channels.voice.twilio.core.twiml import Text
from answerable.lib.phones import kept_phone
from answerable.notices import actions
from answerable.notices.core.tidings import asks_to_start, asks_to_stop
from answerable.notices.models import TextNumber
from answerable.telephone.guards import from_provider
from answerable.telephone.views.legs import does


@from_provider
def arrived(request: HttpRequest) -> HttpResponse:
    """Heed what somebody wrote to our number. Where the provider itself heeded STOP
    (`OptOutType`), it answers, too."""
    phone, text = kept_phone(request.POST.get("From", "")), request.POST.get("Body", "")
    words = _heeded(phone, text)
    return does() if request.POST.get("OptOutType") else does(*_said(phone, words))


def _heeded(phone: str, text: str) -> str:
    with translation.override(_language(phone)):
        vendor = settings.ANSWERABLE_VENDOR
        if asks_to_stop(text):
            actions.stop_texts(phone, at=now())
            says = _("{vendor}: you get no more text messages. Reply START to get them again.")
            return says.format(vendor=vendor)
        if asks_to_start(text) and actions.start_texts(phone):
            says = _("{vendor}: you get text messages again. Reply STOP to end them.")
            return says.format(vendor=vendor)
        says = _("Nobody reads text messages to this number. Write to us here: {url}")
        return says.format(url=f"{settings.ANSWERABLE_URL}/contact/")


def _said(phone: str, words: str) -> list[Text]:
    """Return the answer: two programs that answer each other must come to an end."""
    return [Text(words)] if within_limit("text answered", phone, 2, at=now()) else []


def _language(phone: str) -> str:
    known = TextNumber.objects.filter(phone=phone).select_related("contact").first()
    return known.contact.language if known else "en"
