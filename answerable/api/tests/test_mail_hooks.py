"""Providers call with mail and with news: who is proven is heard, and mail is stored first."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

import pytest
from anymail.exceptions import AnymailInsecureWebhookWarning, AnymailNotSupportedWarning
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection
from django.test import Client
from django.utils.timezone import now
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.email import providers
from answerable.channels.email.core.parse import read_mail
from answerable.channels.email.models import InboundMail, OutgoingMail
from answerable.channels.email.tests.post import mail_of, opened_by_mail, send_all
from answerable.tickets import actions as tickets
from answerable.tickets.models import Ticket, TicketEvent

KEY, SECRET = "signing-key", "user:password"
RAW = mail_of("Dana Wolf <dana@nordwind.example>", "Gr\xfc\xdfe.").replace(b"\n", b"\r\n")
MAILGUN = "/mail/providers/mailgun"
BASIC = {"Authorization": f"Basic {base64.b64encode(SECRET.encode()).decode()}"}


@pytest.fixture(autouse=True)
def _providers(settings: Settings) -> Iterator[None]:
    settings.ANSWERABLE_MAIL_WEBHOOKS = (
        f"anymail+mailgun://?webhook_signing_key={KEY}\n"
        f"anymail+postmark://?webhook_secret={SECRET} "
        "anymail+brevo://?"
    )
    providers.configured.cache_clear()
    yield
    providers.configured.cache_clear()


def signed(key: str = KEY) -> dict[str, str]:
    """What Mailgun adds to a call."""
    at, token = str(int(now().timestamp())), "token"
    digest = hmac.new(key.encode(), f"{at}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": at, "token": token, "signature": digest}


def mail_to(client: Client, raw: bytes = RAW, key: str = KEY) -> int:
    fields = {
        "body-mime": raw.decode("utf-8"),
        "sender": "bounce@nordwind.example",
        "recipient": "support@answerable.example",
        **signed(key),
    }
    return client.post(f"{MAILGUN}/inbound-mime/", fields).status_code


def news(client: Client, event: dict[str, Any], key: str = KEY) -> int:
    body = json.dumps({"signature": signed(key), "event-data": event})
    path = f"{MAILGUN}/events/"
    return client.post(path, body, content_type="application/json").status_code


def bounce_of(mail: OutgoingMail, **others: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "event": "failed",
        "severity": "permanent",
        "timestamp": now().timestamp(),
        "recipient": mail.to,
        "message": {"headers": {"message-id": mail.mail_id.strip("<>")}},
        "delivery-status": {"message": "550 5.1.1 No such user"},
        "user-variables": {},
    }
    return facts | others


def replied(cast: Cast) -> tuple[Ticket, OutgoingMail]:
    ticket = opened_by_mail(cast.dana, at=now())
    last = TicketEvent.objects.filter(ticket=ticket).latest("pk").pk
    tickets.answer(ticket, agent=cast.ana, body="Try again.", seen=last, at=now())
    send_all()
    return ticket, OutgoingMail.objects.get(kind="reply")


def test_a_mail_is_stored_as_it_came(db: None, client: Client) -> None:
    assert mail_to(client) == 200
    mail = InboundMail.objects.get()
    assert bytes(mail.raw) == RAW
    assert (mail.door, mail.peer) == ("webhook", "mailgun")
    assert mail.envelope_from == "bounce@nordwind.example"
    assert mail.envelope_to == ["support@answerable.example"]


def test_a_large_mail_is_taken(db: None, client: Client) -> None:
    raw = RAW + b"long line\r\n" * 300_000
    assert mail_to(client, raw) == 200
    assert InboundMail.objects.get().size == len(raw) > 3_000_000


def test_a_wrong_signature_is_refused(db: None, client: Client) -> None:
    assert mail_to(client, key="guessed") == 403
    assert news(client, {"event": "failed"}, key="guessed") == 403
    assert client.post(f"{MAILGUN}/inbound/", {"body-mime": "x"}).status_code == 403
    assert not InboundMail.objects.exists()


def test_a_mail_is_not_acknowledged_that_cannot_be_stored(
    transactional_db: None, client: Client
) -> None:
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE email_inboundmail RENAME TO away")
    try:
        assert mail_to(client) == 500
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO email_inboundmail")
    assert mail_to(client) == 200


def test_a_secret_proves_a_call_too(db: None, client: Client) -> None:
    said = {"RawEmail": RAW.decode(), "Headers": [], "OriginalRecipient": "support@a.example"}
    path = "/mail/providers/postmark/inbound/"
    asked = client.post(path, said, content_type="application/json")
    assert (asked.status_code, asked.headers["WWW-Authenticate"]) == (401, 'Basic realm="mail"')
    wrong = {"Authorization": f"Basic {base64.b64encode(b'user:no').decode()}"}
    answer = client.post(path, said, content_type="application/json", headers=wrong)
    assert answer.status_code == 403
    answer = client.post(path, said, content_type="application/json", headers=BASIC)
    assert answer.status_code == 200
    mail = InboundMail.objects.get()
    assert bytes(mail.raw) == RAW
    assert mail.envelope_from == "dana@nordwind.example"


def test_a_mail_in_parts_is_put_together_again(db: None, client: Client) -> None:
    said = {
        "FromFull": {"Email": "dana@nordwind.example", "Name": "Dana Wolf"},
        "ToFull": [{"Email": "support@answerable.example", "Name": ""}],
        "Subject": "Exports fail",
        "TextBody": "They stop.",
        "Headers": [
            {"Name": "Return-Path", "Value": "<>"},
            {"Name": "Message-ID", "Value": "<1@nordwind.example>"},
        ],
    }
    path = "/mail/providers/postmark/inbound/"
    for _ in range(2):
        client.post(path, said, content_type="application/json", headers=BASIC)
    mail, copy = InboundMail.objects.order_by("pk")
    says = read_mail(bytes(mail.raw))
    assert (says.text.strip(), says.message_id) == ("They stop.", "<1@nordwind.example>")
    assert mail.envelope_from == ""
    assert mail.digest == copy.digest


@pytest.mark.parametrize("provider", ["sparkpost", "nonsense", "base"])
def test_nobody_else_is_heard(db: None, client: Client, provider: str) -> None:
    path = f"/mail/providers/{provider}/inbound/"
    assert client.post(path, {}, content_type="application/json").status_code == 404


def test_a_provider_without_a_proof_is_not_heard(db: None, client: Client) -> None:
    path = "/mail/providers/brevo/inbound/"
    with pytest.warns(AnymailInsecureWebhookWarning):
        assert client.post(path, {}, content_type="application/json").status_code == 404


def test_a_provider_may_look_whether_the_address_is_there(db: None, client: Client) -> None:
    assert client.head(f"{MAILGUN}/inbound/").status_code == 200
    assert client.get(f"{MAILGUN}/inbound/").status_code == 405


def test_more_than_any_mail_is_not_read(db: None, client: Client, settings: Settings) -> None:
    settings.ANSWERABLE_MAIL_MAX_MB = 1
    assert mail_to(client, RAW + b"x" * 2_000_000) == 413


def test_a_bounce_takes_a_reply_back_once(cast: Cast, client: Client) -> None:
    ticket, mail = replied(cast)
    for _ in range(2):
        assert news(client, bounce_of(mail)) == 200
    told = TicketEvent.objects.filter(ticket=ticket, verb="undelivered")
    assert [event.data["why"] for event in told] == ["550 5.1.1 No such user"]
    ticket.refresh_from_db()
    assert ticket.state == "open"


def test_a_reply_is_known_by_what_we_gave_along(cast: Cast, client: Client) -> None:
    ticket, mail = replied(cast)
    facts = {"message": {"headers": {"message-id": "x@provider.example"}}}
    news(client, bounce_of(mail, **facts, **{"user-variables": {"mail_id": mail.mail_id}}))
    assert TicketEvent.objects.filter(ticket=ticket, verb="undelivered").exists()


def test_what_is_late_takes_nothing_back(cast: Cast, client: Client) -> None:
    ticket, mail = replied(cast)
    for _ in range(2):
        news(client, bounce_of(mail, severity="temporary"))
    verbs = TicketEvent.objects.filter(ticket=ticket).values_list("verb", flat=True)
    assert list(verbs).count("delayed") == 1
    assert "undelivered" not in verbs


def test_news_of_others_is_about_others(cast: Cast, client: Client) -> None:
    ticket, mail = replied(cast)
    news(client, bounce_of(mail, recipient="copy@nordwind.example"))
    news(client, bounce_of(mail, message={"headers": {"message-id": "x@y.example"}}))
    news(client, bounce_of(mail, event="opened"))
    assert not TicketEvent.objects.filter(ticket=ticket, verb="undelivered").exists()


def test_sendgrid_signs_its_news(cast: Cast, client: Client, settings: Settings) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    named = base64.b64encode(public).decode().replace("+", "%2B")
    settings.ANSWERABLE_MAIL_WEBHOOKS = (
        f"anymail+sendgrid://?tracking_webhook_verification_key={named}"
    )
    providers.configured.cache_clear()
    ticket, mail = replied(cast)
    facts = {"event": "bounce", "email": mail.to, "smtp-id": mail.mail_id, "reason": "550 No"}
    body = json.dumps([facts | {"timestamp": int(now().timestamp()), "sg_message_id": "x"}])
    proof = base64.b64encode(key.sign(f"1{body}".encode(), ec.ECDSA(hashes.SHA256()))).decode()
    path = "/mail/providers/sendgrid/events/"
    for signature, status in (("AAAA", 403), (proof, 200)):
        headers = {
            "X-Twilio-Email-Event-Webhook-Signature": signature,
            "X-Twilio-Email-Event-Webhook-Timestamp": "1",
        }
        with pytest.warns(AnymailNotSupportedWarning):
            answer = client.post(path, body, content_type="application/json", headers=headers)
        assert answer.status_code == status
    assert TicketEvent.objects.filter(ticket=ticket, verb="undelivered").count() == 1
