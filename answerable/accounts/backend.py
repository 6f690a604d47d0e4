"""Finds who is signed in: the user of a session, with whom they are, in one query."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from answerable.accounts.models import User
from answerable.lib.ready import Given, Ready

PERSON = Ready(
    lambda: User.objects.select_related("agent", "contact__customer").filter(pk=Given("pk"))
)


class People(ModelBackend):
    """Django's own, but that it reads the agent or the contact along with the user.

    Every page asks for both (access.py).
    """

    def get_user(self, user_id: int) -> User | None:
        """Return the user of a session, or None when there is none or they may not sign in."""
        user = PERSON.first(pk=user_id)
        return user if user and self.user_can_authenticate(user) else None
