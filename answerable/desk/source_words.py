"""Where what is known of a contract comes from, and how old it is."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.design.chips import time_element
from answerable.entitlements.models import Contract
from answerable.lib import times

# Younger than this, it is as good as asked just now.
LATE = timedelta(hours=1)
DAY = timedelta(days=1)
# What a system is, and not what it is called: such a word has an article before it.
KINDS = ("CRM", "ERP")


def late_words(contract: Contract | None, at: datetime, zone: tzinfo) -> SafeString:
    """Return “From the CRM, 2 hours ago.”; nothing of what is kept by hand, or is not old."""
    if contract is None or not contract.source or contract.confirmed_at is None:
        return SafeString()
    age = at - contract.confirmed_at
    if age < LATE:
        return SafeString()
    of_kind = contract.source.upper() in KINDS
    words = _("From the {source}, {ago}.") if of_kind else _("From {source}, {ago}.")
    said = words.format(source=contract.source, ago=_ago(age))
    in_full = times.in_full(contract.confirmed_at, zone)
    return time_element(contract.confirmed_at, said, "account-late", in_full)


def _ago(age: timedelta) -> str:
    if age < DAY:
        hours = age // LATE
        return ngettext("{count} hour ago", "{count} hours ago", hours).format(count=hours)
    return ngettext("{count} day ago", "{count} days ago", age.days).format(count=age.days)
