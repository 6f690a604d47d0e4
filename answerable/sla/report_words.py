"""Reports in words: figures, lengths, and how promises stand. Pure but for the language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import dateformat
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.lib import times
from answerable.sla.core.counting import STANDINGS, Standing, Tally
from answerable.sla.core.periods import Period
from answerable.sla.kept import Figures
from answerable.sla.models import Clock
from answerable.sla.words import METRICS, metric_word
from answerable.tickets.models import CRITICAL, STANDARD

DASH = "\N{EN DASH}"
NOTHING = DASH
SEVERITIES: dict[str, Promise] = {
    CRITICAL: gettext_lazy("Critical"),
    STANDARD: gettext_lazy("Standard"),
}
STANDS: dict[Standing, Promise] = {
    Standing.MET: gettext_lazy("Kept"),
    Standing.MISSED: gettext_lazy("Missed"),
    Standing.EXCUSED: gettext_lazy("Excused"),
    Standing.OPEN: gettext_lazy("Open"),
    Standing.LEFT_OUT: gettext_lazy("Left out"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A number, what it counts, and how these promises stand; nothing for all of them."""

    name: str
    number: int
    standing: str


@dataclass(frozen=True, slots=True)
class FigureWords:
    """Figures as a page shows them."""

    counts: list[Counted]
    percent: str
    range: str
    median: str
    nine_of_ten: str
    is_few: bool


def figure_words(figures: Figures, digits: int = 0) -> FigureWords:
    """Return figures in words, percentages with so many digits."""
    tally = figures.tally
    numbers = {
        Standing.MET: tally.met,
        Standing.MISSED: tally.missed,
        Standing.EXCUSED: tally.excused,
        Standing.OPEN: tally.open,
    }
    counts = [Counted(str(STANDS[key]), number, key.value) for key, number in numbers.items()]
    return FigureWords(
        counts=[Counted(_("Promises"), tally.promises, ""), *counts],
        percent=percent(tally.share, digits),
        range=range_words(tally, digits),
        median=taken(figures.median, tally),
        nine_of_ten=taken(figures.nine_of_ten, tally),
        is_few=tally.fell_due > 0 and tally.is_few,
    )


def vendor_zone() -> ZoneInfo:
    """Return the zone by whose months and quarters the vendor's reports count."""
    return ZoneInfo(settings.ANSWERABLE_ZONE)


def metric_name(metric: str) -> str:
    """Return “First reply”."""
    return str(capfirst(metric_word(metric))) if metric in METRICS else metric


def severity_name(severity: str) -> str:
    """Return “Critical”, “Standard”, or what the plan calls it."""
    return str(SEVERITIES.get(severity, capfirst(severity.replace("_", " "))))


def percent(share: float | None, digits: int = 0) -> str:
    """Return “96 %” or “96.2 %”; 100 % only for all of them, 0 % only for none."""
    return (
        _("{number} %").format(number=_number(share, digits)) if share is not None else NOTHING
    )


def range_words(tally: Tally, digits: int = 0) -> str:
    """Return between which per cents the truth lies; a dash where nothing fell due."""
    if not tally.fell_due:
        return NOTHING
    return DASH.join(_number(share, digits) for share in tally.range)


def taken(length: timedelta | None, tally: Tally) -> str:
    """Return how long answers took: “12 min”, “not yet”, or a dash where nothing fell due."""
    if not tally.fell_due:
        return NOTHING
    return length_words(length) if length is not None else _("not yet")


def length_words(length: timedelta) -> str:
    """Return “45 s”, “12 min” or “5 h 12 min”, rounded down."""
    seconds = length // timedelta(seconds=1)
    if seconds < times.MINUTE:
        return times.patterns()["seconds"].format(seconds=seconds)
    return times.span(seconds)


def by_how_much(clock: Clock) -> str:
    """Return “4 min late”, “18 min early”, or how it stands where nobody answered."""
    if clock.answered_at is None:
        return _("not answered yet") if clock.outcome == "missed" else ""
    if clock.answered_at > clock.due_at:
        return times.lateness(clock.due_at, clock.answered_at)
    early = times.kept_early(clock.due_at, clock.answered_at)
    return _("{time} early").format(time=early)


def standing_of(clock: Clock, *, is_excused: bool) -> Standing:
    """Return what a clock counts as."""
    standing = STANDINGS.get(clock.outcome, Standing.LEFT_OUT)
    return Standing.EXCUSED if is_excused and standing == Standing.MISSED else standing


def month_name(period: Period, zone: tzinfo) -> str:
    """Return “October 2025”."""
    return dateformat.format(period.begin.astimezone(zone), _("F Y"))


def figure_cells(figures: Figures) -> list[object]:
    """Return the figures as they stand in a sheet, in the order of the table."""
    tally = figures.tally
    low, high = tally.range if tally.fell_due else (None, None)
    shares = [None if s is None else round(100 * s, 1) for s in (tally.share, low, high)]
    lengths = [_clock(figures.median), _clock(figures.nine_of_ten)]
    counts = [tally.promises, tally.met, tally.missed, tally.excused, tally.open]
    return [*counts, *shares, *lengths]


def figure_heads() -> list[str]:
    """Return what stands above these cells."""
    return [
        _("Promises"),
        _("Kept"),
        _("Missed"),
        _("Excused"),
        _("Open"),
        _("Kept %"),
        _("Range from"),
        _("Range to"),
        _("Median"),
        _("9 of 10"),
    ]


def _clock(length: timedelta | None) -> str:
    if length is None:
        return ""
    seconds = length // timedelta(seconds=1)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _number(share: float, digits: int) -> str:
    step = 10**-digits
    shown = round(100 * share, digits)
    if 0 < share < 1:
        shown = min(max(shown, step), 100 - step)
    return number_format(shown, digits, use_l10n=True)
