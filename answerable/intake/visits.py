"""Whose visit it is: what somebody asks and reads until they write to us, or do not.

A contact's visit is known by their session. A stranger's travels in addresses and forms, so
that nobody gets a cookie for reading. What agents do is kept nowhere.
"""

from __future__ import annotations

import re
import secrets

from django.http import HttpRequest

from answerable.accounts.access import agent_of, contact_of
from answerable.knowledge.actions import Visitor

NAME = "visit"
TOKEN = re.compile(r"[0-9a-f]{32}")


def visitor_of(request: HttpRequest, *, begins: bool = False) -> Visitor | None:
    """Return who looks for help; None for an agent, and for a stranger who has no visit.

    `begins`: a stranger has one from now on.
    """
    if agent_of(request.user):
        return None
    token = named_in(request)
    contact = contact_of(request.user)
    if contact:
        token = token or request.session.get(NAME) or secrets.token_hex(16)
        if request.session.get(NAME) != token:
            request.session[NAME] = token
    if not token and begins:
        token = secrets.token_hex(16)
    return Visitor(token, contact) if token else None


def named_in(request: HttpRequest) -> str:
    """Return the visit that a form or an address names, or nothing."""
    named = request.POST.get(NAME) or request.GET.get(NAME, "")
    return named if TOKEN.fullmatch(named) else ""


def carried(visitor: Visitor | None) -> str:
    """Return what has to travel in addresses: a stranger's visit, and no contact's."""
    return visitor.token if visitor and visitor.contact is None else ""
