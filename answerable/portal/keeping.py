"""Keeps what somebody typed while they sign in. It travels in their session."""

from __future__ import annotations

from django.http import HttpRequest

MOST = 100_000


def keep(request: HttpRequest, place: str) -> None:
    """Keep the form that was posted, for the page it came from."""
    posted = {name: str(value)[:MOST] for name, value in request.POST.items()}
    posted.pop("csrfmiddlewaretoken", None)
    request.session[f"kept-{place}"] = posted


def kept(request: HttpRequest, place: str) -> dict[str, str]:
    """Return what was kept for a page; it stays until it was sent."""
    return dict(request.session.get(f"kept-{place}", {}))


def forget(request: HttpRequest, place: str) -> None:
    """Forget what was kept: it was sent."""
    request.session.pop(f"kept-{place}", None)
