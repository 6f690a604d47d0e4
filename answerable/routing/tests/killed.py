"""A loop that is killed: it has decided, and dies before anybody hears of it.

Run as a program with the time as its argument; it says "decided" and waits for its end.
"""

from __future__ import annotations

import sys
from datetime import datetime

import django
from django.db import transaction


def main() -> None:
    """Offer what waits, and never commit it."""
    django.setup()
    from answerable.routing.actions import make_offers  # noqa: PLC0415  # Django is set up now.

    with transaction.atomic():
        made = make_offers(at=datetime.fromisoformat(sys.argv[1]))
        sys.stdout.write(f"decided {made}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
