"""Providers that take mail in for us, or tell what became of ours, by django-anymail.

Each is named in ANSWERABLE_MAIL_WEBHOOKS as in ANSWERABLE_MAIL_URL, with what proves a call:
anymail+mailgun://?webhook_signing_key=KEY, anymail+postmark://?webhook_secret=USER:PASSWORD.
Nobody is heard without such a proof.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from anymail.inbound import AnymailInboundMessage
from anymail.signals import (
    AnymailInboundEvent,
    AnymailTrackingEvent,
    EventType,
    inbound,
    tracking,
)
from anymail.webhooks.base import AnymailBaseWebhookView, AnymailCoreWebhookView
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.timezone import now

from answerable.channels.email.actions import Arrival
from answerable.channels.email.actions.tracking import News
from answerable.channels.email.core.envelope import envelope_of
from answerable.channels.email.core.thread import message_ids
from answerable.channels.email.models import InboundMail
from answerable.lib.env import BadSetting

INBOUND, EVENTS = "inbound", "events"
SIGNALS = {INBOUND: inbound, EVENTS: tracking}
HEAD = 64 * 1024
# What our mails carry, so that a provider's news of one can be told from all others.
OUR_ID = "mail_id"
FAILED = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}

Raw = Callable[[AnymailInboundEvent, HttpRequest], bytes | str | None]
# Where each provider has the mail as it came. Of all others it is put together again.
RAW: dict[str, Raw] = {
    "mailgun": lambda event, request: _field(request, "body-mime"),
    "sendgrid": lambda event, request: _field(request, "email"),
    "postmark": lambda event, request: event.esp_event.get("RawEmail"),
    "amazon_ses": lambda event, request: _of_ses(event.esp_event),
    "mandrill": lambda event, request: event.esp_event["msg"].get("raw_msg"),
    "mailersend": lambda event, request: event.esp_event.get("data", {}).get("raw"),
}


class Unknown(Exception):
    """No such provider is configured, or it does not call for this."""


class Unproven(Exception):
    """A provider's calls could not be known, or not be read; the words say what is missing."""


@cache
def configured() -> dict[str, dict[str, str]]:
    """Return the providers that may call, each with its settings. Raises BadSetting."""
    found = {}
    for url in settings.ANSWERABLE_MAIL_WEBHOOKS.split():
        parts = urlsplit(url)
        kind, _, name = parts.scheme.partition("+")
        name = name.replace("-", "_")
        if kind != "anymail" or not name.isidentifier():
            raise BadSetting(
                "ANSWERABLE_MAIL_WEBHOOKS must hold addresses like "
                "anymail+mailgun://?webhook_signing_key=KEY, with spaces between them."
            )
        found[name] = dict(parse_qsl(parts.query))
    return found


def view_for(provider: str, purpose: str) -> AnymailBaseWebhookView:
    """Return anymail's view of a provider's calls. Raises Unknown, Unproven."""
    name = provider.replace("-", "_")
    if name not in configured():
        raise Unknown
    module = import_module(f"anymail.webhooks.{name}")
    signal = SIGNALS[purpose]
    for made in vars(module).values():
        is_view = isinstance(made, type) and issubclass(made, AnymailCoreWebhookView)
        if is_view and made.__module__ == module.__name__ and _serves(made, signal):
            return _proven(made, configured()[name])
    raise Unknown


def arrival_of(provider: str, event: AnymailInboundEvent, request: HttpRequest) -> Arrival:
    """Return a mail as a provider hands it over."""
    raw = _raw(provider.replace("-", "_"), event, request)
    message, envelope, at = event.message, envelope_of(raw[:HEAD]), now()
    sender = getattr(message, "envelope_sender", None)
    to = getattr(message, "envelope_recipient", None)
    return Arrival(
        raw=raw,
        door=InboundMail.Door.WEBHOOK,
        envelope_from=envelope.sender if sender is None else str(sender),
        envelope_to=(str(to),) if to else envelope.recipients,
        peer=provider,
        at=min(event.timestamp or at, at),
    )


def news_of(event: AnymailTrackingEvent) -> News | None:
    """Return what became of a mail of ours, where that is something to tell."""
    is_failed = event.event_type in FAILED
    if not is_failed and event.event_type != EventType.DEFERRED:
        return None
    why = event.mta_response or event.description or event.reject_reason or event.event_type
    return News(
        mail_ids=tuple(_ids(event)),
        recipient=str(event.recipient or ""),
        why=" ".join(str(why).split()),
        is_final=is_failed,
        at=min(event.timestamp or datetime.max.replace(tzinfo=UTC), now()),
    )


def _serves(view: type[AnymailCoreWebhookView], signal: object) -> bool:
    """Say whether a view is for this; Mandrill has one for both."""
    own = getattr(view, "signal", None)
    return own is signal or hasattr(view, "mandrill_tracking_to_anymail_event")


def _proven(
    made: type[AnymailBaseWebhookView], options: dict[str, str]
) -> AnymailBaseWebhookView:
    try:
        view = made(**options)
    except ImproperlyConfigured as error:
        raise Unproven(str(error)) from error
    if view.warn_if_no_basic_auth and not view.basic_auth:
        raise Unproven("it names no key and no webhook_secret")
    return view


def _raw(provider: str, event: AnymailInboundEvent, request: HttpRequest) -> bytes:
    found = RAW[provider](event, request) if provider in RAW else None
    if isinstance(found, str):
        return found.encode("utf-8", "surrogateescape")
    return found or _put_together(event.message)


def _put_together(message: AnymailInboundMessage) -> bytes:
    """Return a mail of which a provider sends the parts alone; the same each time it does.

    What stands between the parts would be made up anew each time, and a second call would not
    be known as a copy.
    """
    mark = hashlib.sha256(str(message.get("Message-ID", "")).encode()).hexdigest()[:32]
    for number, part in enumerate(message.walk()):
        if part.is_multipart() and "Content-Type" in part:
            part.set_boundary(f"=_{mark}_{number}")
    return bytes(message.as_bytes())


def _field(request: HttpRequest, name: str) -> bytes | str | None:
    """Return a field's own bytes; what Django decodes is not always what was sent."""
    raw: dict[str, bytes] = getattr(request, "raw_fields", {})
    return raw.get(name) or request.POST.get(name)


def _of_ses(said: dict[str, Any]) -> bytes | str | None:
    content = said.get("content")
    is_coded = said.get("receipt", {}).get("action", {}).get("encoding") == "BASE64"
    return b64decode(content) if content and is_coded else content


def _ids(event: AnymailTrackingEvent) -> Sequence[str]:
    """Return what may be our mail's Message-ID: what we gave along, or the provider's name."""
    said = [str((event.metadata or {}).get(OUR_ID, "")), str(event.message_id or "")]
    if isinstance(event.esp_event, dict):
        said.append(str(event.esp_event.get("smtp-id", "")))
    plain = [one for one in said if "@" in one]
    return [found for one in plain for found in message_ids(one) or [f"<{one}>"]]
