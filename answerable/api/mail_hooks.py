"""Calls of mail providers: mail that came to them for us, and news of mails that we sent.

Who calls is proven as the provider does it (a signature, or a secret). A mail is stored before
it is acknowledged: for whatever goes wrong here, the provider calls again.
"""

from __future__ import annotations

import logging

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.signals import AnymailInboundEvent
from anymail.webhooks.base import AnymailBaseWebhookView
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from answerable.channels.email import providers
from answerable.channels.email.actions import store_mail
from answerable.channels.email.actions.tracking import heed
from answerable.channels.email.core.formdata import BadForm, boundary_of, parts_of

log = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
# JSON and base64 make a mail longer by a third, and lines longer by a little.
LONGER = 1.5
PLAIN = "text/plain; charset=utf-8"


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def call(request: HttpRequest, provider: str, purpose: str) -> HttpResponse:
    """Hear a provider."""
    view = _view(provider, purpose)
    if request.method == "HEAD":  # Some look whether the address is there.
        return HttpResponse()
    if view.basic_auth and "HTTP_AUTHORIZATION" not in request.META:
        return _said(401, "Say who you are.", {"WWW-Authenticate": 'Basic realm="mail"'})
    try:
        _read(request)
        view.setup(request)
        view.run_validators(request)
    except _TooLong:
        return _said(413, "This is longer than any mail that is taken in here.")
    except BadForm:
        return _said(400, "This is no form.")
    except AnymailWebhookValidationFailure:
        log.warning("A call in the name of a mail provider was not proven.")
        return _said(403, "This call is not proven to be yours.")
    _heard(request, view, provider)
    return HttpResponse()


class _TooLong(Exception):
    """More was sent than any mail may have."""


def _view(provider: str, purpose: str) -> AnymailBaseWebhookView:
    try:
        return providers.view_for(provider, purpose)
    except providers.Unknown as unknown:
        raise Http404 from unknown
    except providers.Unproven as unproven:
        log.error("ANSWERABLE_MAIL_WEBHOOKS cannot be used for %s: %s", provider, unproven)
        raise Http404 from unproven


def _heard(request: HttpRequest, view: AnymailBaseWebhookView, provider: str) -> None:
    events = view.parse_events(request)
    mails = [event for event in events if isinstance(event, AnymailInboundEvent)]
    if mails:
        store_mail([providers.arrival_of(provider, event, request) for event in mails])
    told = (providers.news_of(event) for event in events if event not in mails)
    heed([news for news in told if news])


def _read(request: HttpRequest) -> None:
    """Read the body, of which Django would not let a form have more than two megabytes.

    A mail is longer. Where a form's fields are, they are put where Django looks for them.
    Raises _TooLong and BadForm.
    """
    limit = int(settings.ANSWERABLE_MAIL_MAX_MB * MEGABYTE * LONGER)
    body = request.read(limit + 1)
    if len(body) > limit:
        raise _TooLong
    request._body = body
    boundary = boundary_of(request.META.get("CONTENT_TYPE", ""))
    if not boundary:
        return
    fields, files, raw = QueryDict(mutable=True), MultiValueDict[str, SimpleUploadedFile](), {}
    for part in parts_of(body, boundary):
        if part.file_name is None:
            raw[part.name] = part.value
            fields.appendlist(part.name, part.value.decode("utf-8", "replace"))
        else:
            file = SimpleUploadedFile(part.file_name or "file", part.value, part.type)
            files.appendlist(part.name, file)
    request._post, request._files = fields, files  # type: ignore[attr-defined]  # Django's own.
    request.raw_fields = raw  # type: ignore[attr-defined]  # For providers._field().


def _said(status: int, words: str, headers: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type=PLAIN, headers=headers)
