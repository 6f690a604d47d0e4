"""Who may listen to which topic: each room that has topics names its own guard in settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils.module_loading import import_string

Reader = AbstractBaseUser | AnonymousUser
Guard = Callable[[Reader, str], bool]


def allowed(reader: Reader, topics: Iterable[str]) -> set[str]:
    """Return those of the topics that this reader may listen to."""
    return {topic for topic in topics if _may(reader, topic)}


def _may(reader: Reader, topic: str) -> bool:
    room, _, key = topic.partition("-")
    path = settings.LIVE_GUARDS.get(room)
    if not path or not reader.is_authenticated:
        return False
    guard: Guard = import_string(path)
    return guard(reader, key)
