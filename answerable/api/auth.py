"""Who asks: a program with a token, as the agent for whom the token was made."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.timezone import now
from ninja.security import HttpBearer

from answerable.accounts.actions import use_api_token
from answerable.accounts.models import ApiToken


class Token(HttpBearer):
    """Asks for `Authorization: Bearer TOKEN`; a token is made by `answerable token make`."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the token, with the agent as whom it asks, or None."""
        found = use_api_token(token, at=now())
        if found:
            request.user = found.agent.user
        return found
