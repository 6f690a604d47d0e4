"""What the made-up product's server says beside a ticket, as docs/cards.md describes it."""

from __future__ import annotations

import hmac
import json
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from answerable.cards.core.signing import SIGNATURE, TIMESTAMP, signature
from answerable.cards.models import CardSource
from answerable.lib.sealing import unseal

KNOWN = tomllib.loads((Path(__file__).parent / "cards.toml").read_text())
# What fails on any day; more than that speaks for a disturbance.
USUAL_ERRORS, USUAL_SHARE = 20, 1.0
SIGNED_WITHIN = timedelta(minutes=5)


@csrf_exempt
@require_POST
def cards(request: HttpRequest) -> JsonResponse:
    """Answer a signed question about an account; 401 where nobody of ours asks."""
    at = now()
    if not _is_ours(request, at):
        return JsonResponse({}, status=401)
    asked = json.loads(request.body)
    known = KNOWN.get((asked.get("account") or {}).get("key") or "")
    if known is None:
        return JsonResponse({"cards": []})
    cards = [_account(known, at), _usage(known, at)]
    return JsonResponse({"cards": cards, "evidence": _evidence(known, at)})


def _is_ours(request: HttpRequest, at: datetime) -> bool:
    stamp = request.headers.get(TIMESTAMP, "")
    source = CardSource.objects.filter(url__endswith=request.path, retired_at=None).first()
    if source is None or not (stamp.isascii() and stamp.isdecimal() and len(stamp) < 12):
        return False
    said = request.headers.get(SIGNATURE, "")
    is_now = abs(at.timestamp() - int(stamp)) <= SIGNED_WITHIN.total_seconds()
    made = signature(unseal(source.secret), int(stamp), request.body)
    return is_now and hmac.compare_digest(made.encode(), said.encode())


def _account(known: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    renews = (at + timedelta(days=known["renews_in"])).isoformat()
    rows = [
        {"name": "State", "badge": known["state"], "tone": known["tone"]},
        {"name": "Seats", "text": known["seats"]},
        {"name": "Renewal", "time": renews},
    ]
    parts = [{"type": "facts", "rows": rows}, {"type": "text", "text": known["invoice"]}]
    return {"title": "Fjord billing", "parts": parts}


def _evidence(known: Mapping[str, Any], at: datetime) -> list[dict[str, Any]]:
    """Return what monitoring sees of an account: whether more fails than usual."""
    seen = (at - timedelta(minutes=1)).isoformat()
    errors, failed = known["sign_in_errors"], known["failed_share"]
    words = f"sign-in errors for this tenant: {errors} in 10 min"
    return [
        {"text": words, "holds": errors > USUAL_ERRORS, "time": seen},
        {
            "text": f"failed requests of this tenant: {failed} %",
            "holds": failed > USUAL_SHARE,
            "time": seen,
        },
    ]


def _usage(known: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    seen = (at - timedelta(minutes=known["seen_minutes"])).isoformat()
    rows = [
        {"name": "Version", "text": known["version"]},
        {"name": "Last sign-in", "time": seen},
    ]
    return {"title": "Fjord", "parts": [{"type": "facts", "rows": rows}]}
