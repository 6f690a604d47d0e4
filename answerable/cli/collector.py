"""Python's collector of garbage, told what it need not look at."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Pages and mails make many objects and few circles: looked for at the usual pace, a quarter of
# a page's time went into looking.
YOUNG, MIDDLE, OLD = 50_000, 20, 50


@contextmanager
def resting() -> Iterator[None]:
    """Look for no garbage while thousands of modules are loaded: nearly all of it stays."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def calm() -> None:
    """Leave alone what is loaded by now, and look less often among the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
