"""What customers answered, counted: in total, by month, plan or channel; and their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from django.db.models import Count, F, Q
from django.db.models.fields.json import KT
from django.db.models.functions import TruncMonth

from answerable.sla.core.periods import Period
from answerable.surveys.core.asking import Why
from answerable.surveys.core.scales import Counts, counts_as
from answerable.surveys.core.tally import Tally
from answerable.surveys.models import Survey, SurveyQuerySet

MONTH, PLAN, CHANNEL = "month", "plan", "channel"
GROUPED = (MONTH, PLAN, CHANNEL)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which questions are counted: those asked in a period, of a plan, about a channel."""

    period: Period
    zone: tzinfo
    plan: int | None = None
    channel: str = ""

    @property
    def only(self) -> Q:
        """The condition that plan and channel make."""
        named = {"plan": self.plan, "ticket__channel": self.channel}
        return Q(**{name: value for name, value in named.items() if value})

    def within(self, field: str) -> Q:
        """Return the condition that an instant lies in the period."""
        begun = Q(**{f"{field}__gte": self.period.begin})
        end = self.period.end
        return begun & Q(**{f"{field}__lt": end}) if end else begun


def asked_in(ask: Asked) -> SurveyQuerySet:
    """Return the questions that are counted."""
    return Survey.objects.asked().filter(ask.only, ask.within("asked_at"))


def tallies(ask: Asked, by: str) -> dict[object, Tally]:
    """Return tallies by the first instants of months, numbers of plans (None: none any more) or
    channels. One query, however many questions there are."""
    keys = {
        MONTH: TruncMonth("asked_at", tzinfo=ask.zone),
        PLAN: F("plan"),
        CHANNEL: F("ticket__channel"),
    }
    rows = (
        asked_in(ask)
        .annotate(key=keys[by], scale=KT("rules__scale"))
        .values("key", "scale", "answer")
        .annotate(many=Count("pk"), commented=Count("pk", filter=~Q(comment="")))
        .order_by("key", "scale", "answer")
    )
    found: dict[object, Tally] = defaultdict(Tally)
    for row in rows:
        found[row["key"]] += _tally(row["scale"], row["answer"], row["many"], row["commented"])
    return dict(found)


def commented(ask: Asked) -> SurveyQuerySet:
    """Return the answers with words, the newest first."""
    said = asked_in(ask).exclude(comment="").order_by("-changed_at", "-pk")
    return said.select_related("ticket__customer", "plan", "read_by")


def waiting_for_leads() -> SurveyQuerySet:
    """Return the answers that ask for a lead and that none has read, the oldest first."""
    waiting = Survey.objects.for_leads().order_by("changed_at", "pk")
    return waiting.select_related("ticket__customer")


def not_asked(ask: Asked) -> Mapping[Why, int]:
    """Return about how many resolved tickets nobody was asked, by the reason."""
    left = Survey.objects.exclude(left_out="").filter(ask.only, ask.within("resolved_at"))
    counted = left.values("left_out").annotate(many=Count("pk")).order_by("-many", "left_out")
    return {Why(why): many for why, many in counted.values_list("left_out", "many")}


def _tally(scale: str, answer: int | None, many: int, comments: int) -> Tally:
    if answer is None:
        return Tally(asked=many)
    counts = counts_as(scale, answer)
    return Tally(
        asked=many,
        answered=many,
        good=many * (counts == Counts.GOOD),
        middling=many * (counts == Counts.MIDDLING),
        bad=many * (counts == Counts.BAD),
        comments=comments,
    )
