"""How allauth behaves here: nobody signs up by themselves."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

# For how long after signing in nobody is asked again who they are.
JUST_NOW_SECONDS = 300


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Agents are made by administrators, contacts by contracts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: an account is given, never taken."""
        return False
