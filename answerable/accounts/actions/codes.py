"""Writes support codes, which say who somebody is without a mail."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from answerable.accounts.core.keypad import keys_of
from answerable.accounts.models import Agent, Contact, SupportCode
from answerable.accounts.tokens import digest_of, new_support_code
from answerable.lib.phones import kept_phone

SALT = "answerable.accounts.codes.keys"


def make_support_code(contact: Contact, *, at: datetime) -> str:
    """Give a contact a support code instead of the one they had, and return it, this once."""
    code = new_support_code()
    facts = {
        "digest": digest_of(_typed(code)),
        "keyed_digest": _keyed_digests(keys_of(code))[0],
        "made_at": at,
        "used_at": None,
    }
    SupportCode.objects.update_or_create(contact=contact, defaults=facts)
    return code


@transaction.atomic
def use_support_code(code: str, named: str, *, at: datetime) -> Contact | None:
    """Return whose code it is, if `named` is their email address or their number; else None.

    Nobody who left has one, and no agent signs in by one.
    """
    codes = SupportCode.objects.filter(digest=digest_of(_typed(code)), contact__left_at=None)
    found = codes.select_related("contact__customer").first()
    if found is None or not _is_theirs(found.contact, named):
        return None
    if Agent.objects.filter(user__email__iexact=found.contact.email).exists():
        return None
    SupportCode.objects.filter(pk=found.pk).update(used_at=at)
    return found.contact


@transaction.atomic
def use_keyed_code(keys: str, *, at: datetime) -> Contact | None:
    """Return whose code it is that was pressed on a telephone, else None.

    A code has 47 bits there: whoever asks must limit the tries. Nobody who left has one, and a
    code whose keys another has too says nothing.
    """
    codes = SupportCode.objects.filter(
        keyed_digest__in=_keyed_digests(keys), contact__left_at=None
    ).select_related("contact__customer")
    found = list(codes[:2])
    if not keys or len(found) != 1:
        return None
    SupportCode.objects.filter(pk=found[0].pk).update(used_at=at)
    return found[0].contact


def _keyed_digests(keys: str) -> list[str]:
    """Return the hashes of keys by the installation's secret key, and by those before it.

    So few keys could be found out from a hash that anybody can work out.
    """
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    made = (salted_hmac(SALT, keys, secret=one, algorithm="sha256") for one in secrets)
    return [one.hexdigest() for one in made]


def end_support_code(contact: Contact) -> None:
    """Take a contact's support code away."""
    SupportCode.objects.filter(contact=contact).delete()


def _is_theirs(contact: Contact, named: str) -> bool:
    named = named.strip()
    if named.lower() == contact.email.lower():
        return True
    return bool(contact.phone) and kept_phone(named) == kept_phone(contact.phone) != ""


def _typed(code: str) -> str:
    """Return a code's letters alone, however somebody typed them."""
    return "".join(letter for letter in code.upper() if letter.isalnum())[:64]
