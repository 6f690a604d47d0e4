"""Confirms the numbers at which customers' people get text messages, and ends that by STOP."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from answerable.accounts.actions.limits import within_limit
from answerable.accounts.models import Contact
from answerable.channels.voice.twilio.account import telephone
from answerable.channels.voice.twilio.client import Failed, Twilio
from answerable.notices.core.tidings import Matter
from answerable.notices.models import TextNumber, TidingWish

SALT = "answerable.notices.texting"
HOLDS_FOR = timedelta(minutes=10)
MOST_TRIES = 5
# Codes that are sent in 15 minutes: to one person, to one number, to all.
EACH, TO_NUMBER, TO_ALL = 3, 3, 60


class TooManyCodes(Exception):
    """So many codes were sent that no more are for a while."""


class WrongCode(Exception):
    """This is not the code. `is_over`: it cannot be tried again, and a new one is needed."""

    def __init__(self, *, is_over: bool) -> None:
        super().__init__(is_over)
        self.is_over = is_over


def send_code(contact: Contact, phone: str, *, at: datetime) -> None:
    """Send a code of six figures to a number that a person gives as theirs.

    A number that is confirmed goes on until the new one is. Not in a transaction: the provider
    may take its time. Raises TooManyCodes, and Failed where it could not be sent.
    """
    ours = telephone()
    if ours is None:
        raise Failed("off")
    limits = (("person", str(contact.pk), EACH), ("number", phone, TO_NUMBER))
    for what, who, most in (*limits, ("all", "", TO_ALL)):
        if not within_limit(f"text code {what}", who, most, at=at):
            raise TooManyCodes
    code = f"{secrets.randbelow(10**6):06}"
    with translation.override(contact.language):
        says = _("{vendor}: your code is {code}. It holds for ten minutes.")
        words = says.format(vendor=settings.ANSWERABLE_VENDOR, code=code)
    Twilio(ours).message([("To", phone), ("From", ours.number), ("Body", words)])
    _await_code(contact, phone, code, at)


@transaction.atomic
def _await_code(contact: Contact, phone: str, code: str, at: datetime) -> None:
    row = TextNumber.objects.select_for_update().filter(contact=contact).first()
    row = row or TextNumber(contact=contact)
    if row.phone != phone:
        row.phone, row.confirmed_at, row.stopped_at = phone, None, None
    row.digest, row.code_until, row.tries = _digests(contact, code)[0], at + HOLDS_FOR, 0
    row.save()


def confirm_number(contact: Contact, code: str, *, at: datetime) -> TextNumber:
    """Take a number for somebody's, by the code that was sent there; text messages go there
    from then on. Who chose nothing before wants all of it. Raises WrongCode."""
    row, is_right = _tried(contact, code, at)
    if row is None or not is_right:
        raise WrongCode(is_over=row is None or row.tries >= MOST_TRIES)
    wish, _made = TidingWish.objects.get_or_create(contact=contact)
    if not wish.text:
        wish.text = sorted(Matter)
        wish.save(update_fields=["text"])
    return row


@transaction.atomic
def _tried(contact: Contact, code: str, at: datetime) -> tuple[TextNumber | None, bool]:
    """Count a try, whatever it comes to, so that nobody tries them all."""
    row = TextNumber.objects.select_for_update().filter(contact=contact).first()
    if row is None or not row.awaits_code(at) or row.tries >= MOST_TRIES:
        return None, False
    row.tries += 1
    known = _digests(contact, "".join(code.split()))
    is_right = any(constant_time_compare(row.digest, one) for one in known)
    if is_right:
        row.confirmed_at, row.stopped_at = at, None
        row.digest, row.code_until = "", None
    row.save()
    return row, is_right


def forget_number(contact: Contact) -> None:
    """Send somebody no more text messages, and forget their number."""
    TextNumber.objects.filter(contact=contact).delete()


def stop_texts(phone: str, *, at: datetime) -> int:
    """Send no more text messages to a number, and return how many people it was of."""
    theirs = TextNumber.objects.filter(phone=phone).exclude(confirmed_at=None)
    theirs.filter(stopped_at=None).update(stopped_at=at)
    return theirs.count()


def start_texts(phone: str) -> int:
    """Send text messages to a number again that stopped them, and return of how many people."""
    theirs = TextNumber.objects.filter(phone=phone).exclude(confirmed_at=None)
    return theirs.exclude(stopped_at=None).update(stopped_at=None)


def _digests(contact: Contact, code: str) -> list[str]:
    """Return the hashes of a code by the installation's secret key, and by those before it."""
    secrets_ = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    said = f"{contact.pk} {code}"
    made = (salted_hmac(SALT, said, secret=one, algorithm="sha256") for one in secrets_)
    return [one.hexdigest() for one in made]
