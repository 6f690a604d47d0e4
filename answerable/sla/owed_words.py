"""What is owed in words: for which period, how much, and until when it can be claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.utils import dateformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.sla.core.counting import Kept, Tally
from answerable.sla.core.periods import TERM
from answerable.sla.core.remedies import Claim, Settlement
from answerable.sla.report_words import DASH
from answerable.sla.words import said

MICRO = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Settled:
    """One remedy in one period, in words."""

    settlement: Settlement
    clause: str
    period: str
    owed: str
    claim: str
    answer: str
    is_claimable: bool

    @property
    def misses(self) -> Sequence[Kept]:
        """The misses that qualify."""
        return self.settlement.misses

    @property
    def tally(self) -> Tally:
        """How many promises stand how."""
        return self.settlement.tally


def in_words(settlement: Settlement, at: datetime, zone: tzinfo) -> Settled:
    """Return what is owed in words, as it stands at an instant."""
    return Settled(
        settlement=settlement,
        clause=said(settlement.remedy.says) or settlement.remedy.key,
        period=period_name(settlement, zone),
        owed=owed_words(settlement),
        claim=claim_words(settlement, at, zone),
        answer=answer_words(settlement, zone),
        is_claimable=settlement.claim(at) == Claim.CLAIMABLE,
    )


def period_name(settlement: Settlement, zone: tzinfo) -> str:
    """Return the first and the last day, or “Term from 1 Jan 2025” where it has no end."""
    period = settlement.period
    begin = _date(period.begin, zone)
    if period.end is None:
        return _("Term from {date}").format(date=begin)
    dates = f"{begin} {DASH} {_date(period.end - MICRO, zone)}"
    return _("Term {dates}").format(dates=dates) if settlement.remedy.window == TERM else dates


def owed_words(settlement: Settlement) -> str:
    """Return “20 % of the support fee”, “3 days of term”, or “Nothing”."""
    parts = []
    if settlement.percent:
        words = _("{number} % of the support fee")
        parts.append(words.format(number=_number(settlement.percent)))
    if settlement.days:
        words = ngettext("{count} day of term", "{count} days of term", int(settlement.days))
        parts.append(words.format(count=_number(settlement.days)))
    return " + ".join(parts) or _("Nothing")


def claim_words(settlement: Settlement, at: datetime, zone: tzinfo) -> str:
    """Return “Claimable until 2 Mar 2026”, “Waived on 3 Mar 2026”, or that nothing is owed."""
    claim, until = settlement.claim(at), settlement.claim_by
    if claim == Claim.NOTHING:
        return _("Nothing owed")
    if until is None:
        return _("Claimable")
    if claim == Claim.WAIVED:
        return _("Waived on {date}").format(date=_date(until, zone))
    return _("Claimable until {date}").format(date=_date(until - MICRO, zone))


def answer_words(settlement: Settlement, zone: tzinfo) -> str:
    """Return “We answer by 12 Mar 2026”, where the plan says so and something is owed."""
    if settlement.answer_by is None or not settlement.is_owed:
        return ""
    date = _date(settlement.answer_by - MICRO, zone)
    return _("A claim is answered by {date}").format(date=date)


def _number(value: float) -> str:
    return number_format(int(value) if value == int(value) else value, use_l10n=True)


def _date(instant: datetime, zone: tzinfo) -> str:
    return dateformat.format(instant.astimezone(zone), _("j M Y"))
