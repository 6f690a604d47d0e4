"""Who votes: a contact, or a browser, which is given a random word with its first vote."""

from __future__ import annotations

import secrets
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from answerable.accounts.access import contact_of
from answerable.knowledge.models import ArticleVersion, ArticleVote

VOTER = "help-voter"
KEPT = timedelta(days=365)
SAME = {"same-origin", "none"}


def is_from_here(request: HttpRequest) -> bool:
    """Say whether a vote comes from a page of ours.

    Readers who are not signed in have no cookie that a key against forgery could be tied to, so
    that their browser's word counts: it names the page's origin with every form that it sends.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in SAME
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc == request.get_host()


def token_of(request: HttpRequest) -> str:
    """Return the word that a browser was given when it voted, or nothing."""
    token = request.COOKIES.get(VOTER, "")
    return token if token.isalnum() and len(token) <= 64 else ""


def new_token() -> str:
    """Return a word that nobody can guess."""
    return secrets.token_hex(16)


def give_token(answer: HttpResponse, token: str) -> None:
    """Let a browser keep the word by which its votes are known."""
    answer.set_cookie(
        VOTER,
        token,
        max_age=KEPT,
        path="/help/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def vote_of(request: HttpRequest, version: ArticleVersion) -> ArticleVote | None:
    """Return what a reader has said of a version. One query, if they may have said anything."""
    if contact := contact_of(request.user):
        return ArticleVote.objects.filter(version=version, contact=contact).first()
    if not (token := token_of(request)):
        return None
    return ArticleVote.objects.filter(version=version, contact=None, token=token).first()
