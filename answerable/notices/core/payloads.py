"""What receivers are sent: Slack, Teams, PagerDuty, and plain signed JSON. Pure."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

CARD = "application/vnd.microsoft.card.adaptive"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
LONGEST_SUMMARY = 1024  # PagerDuty takes no longer one.
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What is told, in words and in data.

    `matter`: test, critical, hurry, late or nobody. `act`: trigger, acknowledge or resolve.
    `key` is the same for all that is said of one matter on one ticket.
    """

    number: int
    matter: str
    act: str
    key: str
    title: str
    text: str
    url: str
    button: str
    at: str
    source: str
    ticket: int | None = None
    due_at: str | None = None


def slack(said: Said, secret: str) -> Body:
    """Return a message for an incoming webhook of Slack, or of what speaks like it."""
    words = f"*{_mrkdwn(said.title)}*\n{_mrkdwn(said.text)}".strip()
    button = {"type": "plain_text", "text": said.button}
    return {
        "text": f"{said.title} {said.text}".strip(),
        "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": words}},
            {
                "type": "actions",
                "elements": [{"type": "button", "text": button, "url": said.url}],
            },
        ],
    }


def teams(said: Said, secret: str) -> Body:
    """Return an adaptive card for a webhook of Teams' Workflows."""
    title = {"type": "TextBlock", "text": said.title, "weight": "bolder", "wrap": True}
    text = {"type": "TextBlock", "text": said.text, "wrap": True}
    card = {
        "$schema": SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [title, *([text] if said.text else [])],
        "actions": [{"type": "Action.OpenUrl", "title": said.button, "url": said.url}],
    }
    attachment = {"contentType": CARD, "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def pagerduty(said: Said, secret: str) -> Body:
    """Return an event of PagerDuty's Events API v2; `secret` is its integration key."""
    event: Body = {"routing_key": secret, "event_action": said.act, "dedup_key": said.key}
    if said.act != "trigger":
        return event
    severity = "info" if said.matter == "test" else "critical"
    return event | {
        "payload": {
            "summary": f"{said.title} {said.text}".strip()[:LONGEST_SUMMARY],
            "source": said.source,
            "severity": severity,
            "timestamp": said.at,
            "class": said.matter,
        },
        "links": [{"href": said.url, "text": said.button}],
        "client": "Answerable",
        "client_url": said.url,
    }


def plain(said: Said, secret: str) -> Body:
    """Return what programs of one's own read."""
    return {
        "id": said.number,
        "matter": said.matter,
        "act": said.act,
        "key": said.key,
        "title": said.title,
        "text": said.text,
        "url": said.url,
        "ticket": said.ticket,
        "due_at": said.due_at,
        "at": said.at,
    }


BODIES: Mapping[str, Callable[[Said, str], Body]] = {
    "slack": slack,
    "teams": teams,
    "pagerduty": pagerduty,
    "plain": plain,
}


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Return the header that signs a plain body: HMAC with SHA-256 over its time and itself."""
    signed = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"t={timestamp},v1={signed.hexdigest()}"


def _mrkdwn(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
