"""Everything that writes files: keeping them, what waits to be sent, what the scanner says."""

from __future__ import annotations

from answerable.files.actions.fetching import forget_pictures, picture_at
from answerable.files.actions.keeping import Content, forget, keep, tidy
from answerable.files.actions.uploading import (
    MOST_FILES,
    OF_A_STRANGER,
    Full,
    Waiting,
    adopt,
    drop,
    expire,
    give_back,
    hand_over,
    move,
    move_waiting,
    put,
)

__all__ = [
    "MOST_FILES",
    "OF_A_STRANGER",
    "Content",
    "Full",
    "Waiting",
    "adopt",
    "drop",
    "expire",
    "forget",
    "forget_pictures",
    "give_back",
    "hand_over",
    "keep",
    "move",
    "move_waiting",
    "picture_at",
    "put",
    "tidy",
]
