"""What the page of satisfaction shows: figures by month, plan or channel, a plot, and words.

Never by agent: few answers say little of one person, and a ranking makes people ask for praise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.entitlements.models import Plan
from answerable.entitlements.survey_words import answer_words
from answerable.reports.answers_plot import plot_of
from answerable.reports.asking import months_offered, number_of
from answerable.sla.core.periods import Period, month, month_named
from answerable.sla.report_words import DASH, month_name
from answerable.surveys import figures
from answerable.surveys.core.tally import ENOUGH, Tally
from answerable.surveys.figures import CHANNEL, GROUPED, MONTH, PLAN, Asked
from answerable.surveys.models import Survey
from answerable.surveys.words import WHY_NOT
from answerable.tickets.models import Ticket

MONTHS = 12
WORDS_SHOWN = 50
CHANNELS: Mapping[str, str | Promise] = {
    Ticket.Channel.FORM: gettext_lazy("Request form"),
    Ticket.Channel.EMERGENCY_FORM: gettext_lazy("Emergency form"),
    Ticket.Channel.EMAIL: gettext_lazy("Email"),
    Ticket.Channel.CHAT: gettext_lazy("Chat"),
    Ticket.Channel.CALLBACK: gettext_lazy("Callback"),
    Ticket.Channel.PHONE: gettext_lazy("Telephone"),
    Ticket.Channel.IN_PERSON: gettext_lazy("In person"),
}
BYS: Mapping[str, str | Promise] = {
    MONTH: gettext_lazy("by month"),
    PLAN: gettext_lazy("by plan"),
    CHANNEL: gettext_lazy("by channel"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks for: a month or the last twelve, a plan, a channel, and by what."""

    month: str
    by: str
    plan: int | None
    channel: str
    at: datetime
    zone: tzinfo

    @property
    def asked(self) -> Asked:
        """The questions that are counted."""
        return Asked(self._period, self.zone, self.plan, self.channel)

    @property
    def query(self) -> str:
        """The query of an address that asks for the same."""
        said = {"month": self.month, "by": self.by, "plan": self.plan, "channel": self.channel}
        return "?" + urlencode({name: value for name, value in said.items() if value})

    @property
    def is_filtered(self) -> bool:
        """Whether a plan or a channel is named."""
        return bool(self.plan or self.channel)

    @property
    def _period(self) -> Period:
        named, local = month_named(self.month), self.at.astimezone(self.zone)
        if named:
            return month(*named, self.zone)
        first = month(local.year, local.month - MONTHS + 1, self.zone)
        return Period(first.begin, month(local.year, local.month, self.zone).end)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: what it is about, its numbers, and shares where there are enough."""

    name: str
    tally: Tally
    share_answered: str
    share_good: str


def question(values: Mapping[str, str], at: datetime, zone: tzinfo) -> Question:
    """Return what an address asks for; what it says wrongly counts as left out."""
    named, by, channel = (values.get(name, "") for name in ("month", "by", "channel"))
    return Question(
        month=named if month_named(named) else "",
        by=by if by in GROUPED else MONTH,
        plan=number_of(values.get("plan", "")),
        channel=channel if channel in CHANNELS else "",
        at=at,
        zone=zone,
    )


def satisfaction_page(ask: Question) -> dict[str, Any]:
    """Return the page. Seven queries, however many answers there are."""
    asked = ask.asked
    months = figures.tallies(asked, MONTH)
    total = sum(months.values(), Tally())
    said, left_out = figures.commented(asked), figures.not_asked(asked)
    return {
        "ask": ask,
        "bys": list(BYS.items()),
        "months": months_offered(ask.at, ask.zone),
        "plans": [(plan.pk, plan.name) for plan in Plan.objects.order_by("name")],
        "channels": list(CHANNELS.items()),
        "total": line(_("All of them"), total),
        "enough": ENOUGH,
        "lines": lines(ask),
        "plot": plot_of(_months(ask, months)),
        "words": list(said[:WORDS_SHOWN]),
        "more_words": max(total.comments - WORDS_SHOWN, 0),
        "left_out": [(WHY_NOT[why], many) for why, many in left_out.items()],
        "waiting": list(figures.waiting_for_leads()[:WORDS_SHOWN]),
    }


def lines(ask: Question) -> list[Line]:
    """Return the rows of the table: months and plans in their order, channels by use."""
    found = figures.tallies(ask.asked, ask.by)
    if ask.by == MONTH:
        return [line(name, tally) for name, tally in _months(ask, found)]
    if ask.by == PLAN:
        names = dict(Plan.objects.values_list("pk", "name"))
        named = [(names.get(key) or _("no plan any more"), one) for key, one in found.items()]  # type: ignore[call-overload]
        return [line(name, tally) for name, tally in sorted(named, key=lambda pair: pair[0])]
    ordered = sorted(found.items(), key=lambda pair: -pair[1].asked)
    return [line(str(CHANNELS.get(str(key), key)), tally) for key, tally in ordered]


def line(name: str, tally: Tally) -> Line:
    """Return a row; a share of fewer than five is not said."""
    return Line(name, tally, _percent(tally.share_answered), _percent(tally.share_good))


def heads(ask: Question) -> list[str]:
    """Return what stands above the rows of the sheet."""
    first = {MONTH: _("Month"), PLAN: _("Plan"), CHANNEL: _("Channel")}[ask.by]
    names = (_("Asked"), _("Answered"), _("Share answered"), _("Good"), _("Middling"))
    return [first, *names, _("Bad"), _("Share good"), _("With words")]


def cells(ask: Question) -> Iterator[list[object]]:
    """Return the rows of the sheet."""
    for one in lines(ask):
        t = one.tally
        shares = (t.share_answered, t.share_good)
        answered, good = ("" if share is None else share for share in shares)
        yield [
            *(one.name, t.asked, t.answered, answered),
            *(t.good, t.middling, t.bad, good, t.comments),
        ]


def answer_heads() -> list[str]:
    """Return what stands above the rows of the sheet of answers."""
    names = [_("Ticket"), _("Account"), _("Plan"), _("Channel"), _("Asked"), _("Answered")]
    return [*names, _("Answer"), _("Counts as"), _("Words"), _("By"), _("Asks for a lead")]


def answer_cells(ask: Question) -> Iterator[list[object]]:
    """Return every answer as a row, the oldest first."""
    answers = figures.asked_in(ask.asked).exclude(answer=None).order_by("answered_at", "pk")
    for one in answers.select_related("ticket__customer", "plan").iterator(500):
        yield _answer(one, ask.zone)


def _answer(one: Survey, zone: tzinfo) -> list[object]:
    times = (one.asked_at, one.answered_at)
    return [
        one.ticket_id,
        one.ticket.customer.name if one.ticket.customer else "",
        one.plan.name if one.plan else "",
        str(CHANNELS.get(one.ticket.channel, one.ticket.channel)),
        *(
            time.astimezone(zone).isoformat(timespec="seconds") if time else ""
            for time in times
        ),
        answer_words(one.terms.scale, one.answer or 1),
        one.counts,
        one.comment,
        one.get_via_display(),
        _("yes") if one.wants_lead else "",
    ]


def _months(ask: Question, found: Mapping[object, Tally]) -> list[tuple[str, Tally]]:
    """Return every month of the period, those without questions too."""
    period, zone = ask.asked.period, ask.zone
    local, months = period.begin.astimezone(zone), []
    for number in range(MONTHS):
        one = month(local.year, local.month + number, zone)
        if period.end is None or one.begin >= period.end:
            break
        tally = next((t for key, t in found.items() if key == one.begin), Tally())
        months.append((month_name(one, zone), tally))
    return months


def _percent(share: int | None) -> str:
    return DASH if share is None else _("{number} %").format(number=share)
