"""Who a request is of by now: what is open for hours asks again and again."""

from __future__ import annotations

from django.contrib.auth import get_user
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest


def user_by_now(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """Return who is signed in by a request's session: nobody once it has ended. Two queries."""
    if not request.session.exists(request.session.session_key or ""):
        return AnonymousUser()
    return get_user(request)
