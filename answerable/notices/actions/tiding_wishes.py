"""Writes what customers' people want to be told beside mail, and in which browsers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import Contact
from answerable.notices.actions.wishing import Browser, keep_browser
from answerable.notices.core.tidings import Matter, Wants
from answerable.notices.models import PushSubscription, TidingWish

# A session that runs out by itself is forgotten by accounts; before, its browser is kept apart.
SOON = timedelta(hours=3)


def choose_tidings(contact: Contact, wants: Wants) -> None:
    """Keep what somebody wants to be told in their browsers, and by text message."""
    chosen = {"push": sorted(wants.push), "text": sorted(wants.text)}
    TidingWish.objects.update_or_create(contact=contact, defaults=chosen)


@transaction.atomic
def subscribe_contact(
    contact: Contact, browser: Browser, session: str, *, at: datetime
) -> PushSubscription:
    """Send push messages to a browser of a customer's person until they sign out there. It is
    its last signed-in person's; of more than ten of one person the oldest are forgotten.

    Who chose nothing before wants all of it: that is what the button is pressed for.
    """
    wish, _made = TidingWish.objects.get_or_create(contact=contact)
    if not wish.push:
        wish.push = sorted(Matter)
        wish.save(update_fields=["push"])
    return keep_browser(browser, session, contact=contact, at=at)


def unsubscribe_contact(contact: Contact, number: int) -> None:
    """Send no more push messages to a browser of somebody's."""
    PushSubscription.objects.filter(contact=contact, pk=number).delete()


def outlive_sessions(*, at: datetime) -> None:
    """Let browsers go on whose session runs out by itself: only signing out ends push
    messages."""
    ending = PushSubscription.objects.filter(session__expire_date__lt=at + SOON)
    ending.update(session=None)
