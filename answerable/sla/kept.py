"""Which promises were kept, counted in the database: the same figures for every report.

A promise belongs to the period in which it falls due. Only guarantees are promises.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Count,
    DurationField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.fields import IntegerField
from django.db.models.functions import (
    Cast,
    Ceil,
    Coalesce,
    Extract,
    Greatest,
    Least,
    NullIf,
)

from answerable.entitlements.models import PlanVersion
from answerable.sla.core.counting import STANDINGS, Standing, Tally
from answerable.sla.core.periods import Period
from answerable.sla.models import Clock
from answerable.tickets.models import Ticket

# What is not answered yet took longer than anything that was.
NEVER = timedelta(days=36_500)
TENTHS, LATEST = 10, 14
GROUPED = {
    "account": ("account", "plan", "severity"),
    "plan": ("plan", "severity"),
    "severity": ("severity",),
    "metric": ("metric", "severity"),
}
COLUMNS = {
    "account": ("ticket__customer", "ticket__customer__name"),
    "plan": ("plan_version__plan", "plan_version__plan__name"),
    "severity": ("severity",),
    "metric": ("metric",),
}
ORDERED = {"account": "ticket__customer__name", "plan": "plan_version__plan__name"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which promises are asked for: of a period, and of what else is named."""

    period: Period
    customer: int | None = None
    account: str = ""  # a part of the customer's name
    plan: int | None = None
    severity: str = ""
    metric: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the period is named."""
        return self != Asked(period=self.period)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many promises stand how, and how long answers took; None where not yet answered."""

    tally: Tally
    median: timedelta | None
    nine_of_ten: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The figures of one account, plan, severity or metric, or of several together."""

    figures: Figures
    customer: int | None = None
    account: str = ""
    plan: int | None = None
    plan_name: str = ""
    severity: str = ""
    metric: str = ""


class Within(Aggregate):
    """The length within which a share of the lengths lies: PostgreSQL's percentile_disc."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


class Promises:
    """The promises that are asked for. Making one costs two queries, for their severities."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._severity = _severity_of(_asked_for(asked))

    def all(self) -> QuerySet[Clock]:
        """Return their clocks, each with its `severity` and, where it has one, `standing`."""
        clocks = _asked_for(self.asked).annotate(
            severity=self._severity,
            standing=FilteredRelation("excuses", condition=Q(excuses__ended_at=None)),
        )
        return clocks.filter(severity=self.asked.severity) if self.asked.severity else clocks

    def that_are(self, standing: str) -> QuerySet[Clock]:
        """Return the clocks of those that stand so; without a word, of every promise."""
        if standing not in set(Standing):
            return self.all().filter(outcome__in=STANDINGS)
        return self.all().filter(_standing(Standing(standing)))

    def total(self) -> Figures:
        """Return the figures of all of them. One query."""
        return _figures(self.all().aggregate(**_counted()))

    def lines(self, by: str, *, page: int = 0, of: int | None = None) -> list[Line]:
        """Return their figures, grouped and by name; of so many, the page-th. One query."""
        named = GROUPED[by]
        columns = [column for name in named for column in COLUMNS[name]]
        found = self.all().values(*columns).annotate(**_counted())
        ordered = found.order_by(*(ORDERED.get(name, name) for name in named), *columns)
        rows = ordered[page * of : (page + 1) * of] if of else ordered
        return [_line(row) for row in rows]

    def shares_used(self) -> list[int]:
        """Return how many used which share of their time, in tenths: the first up to 10 %.

        The eleventh to thirteenth were up to 30 % late, the last were later or are not
        answered yet. One query.
        """
        # What could not be worked out was due at once, and has no length.
        length = NullIf(_seconds(F("due_at") - F("started_at")), Value(0))
        used = Ceil(_seconds(F("answered_at") - F("started_at")) * TENTHS / length)
        tenth = Greatest(1, Least(LATEST, Cast(Coalesce(used, LATEST), IntegerField())))
        fallen = self.all().filter(_standing(Standing.MET) | Q(outcome="missed"))
        found = fallen.annotate(tenth=tenth).values("tenth").annotate(count=Count("pk"))
        count = dict(found.order_by("tenth").values_list("tenth", "count"))
        return [count.get(tenth, 0) for tenth in range(1, LATEST + 1)]

    def named(self, name: str) -> list[Any]:
        """Return which severities or metrics there are among them. One query."""
        return sorted(set(self.all().order_by().values_list(name, flat=True)))


def unpromised(asked: Asked) -> QuerySet[Ticket]:
    """Return the requests that were opened in the period without any guarantee."""
    begin, end = asked.period.begin, asked.period.end
    opened = Ticket.objects.filter(created_at__gte=begin, customer=asked.customer)
    promised = Clock.objects.filter(ticket=OuterRef("pk"), kind=Clock.Kind.GUARANTEE)
    return opened.filter(~Exists(promised), created_at__lt=end or begin)


def _asked_for(asked: Asked) -> QuerySet[Clock]:
    clocks = Clock.objects.filter(
        kind=Clock.Kind.GUARANTEE, due_at__gte=asked.period.begin, due_at__lt=asked.period.end
    )
    named = {
        "ticket__customer": asked.customer,
        "ticket__customer__name__icontains": asked.account,
        "plan_version__plan": asked.plan,
        "metric": asked.metric,
    }
    return clocks.filter(**{name: value for name, value in named.items() if value})


def _severity_of(clocks: QuerySet[Clock]) -> Case:
    """Return the severity that each clock was promised for: that of its target, if it has one.

    A ticket may have been rated anew since; its promise was still for what it was then.
    """
    pairs = list(clocks.order_by().values_list("plan_version", "target").distinct())
    versions = PlanVersion.objects.in_bulk({version for version, _ in pairs})
    targets: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for version, key in pairs:
        severity = versions[version].terms.target(key).severity
        if severity:
            targets[severity][version].append(key)
    return Case(
        *(
            When(_any(rows), then=Value(severity, CharField()))
            for severity, rows in sorted(targets.items())
        ),
        default=F("ticket__severity"),
        output_field=CharField(),
    )


def _any(rows: dict[int, list[str]]) -> Q:
    found = Q()
    for version, keys in rows.items():
        found |= Q(plan_version=version, target__in=keys)
    return found


def _standing(standing: Standing) -> Q:
    outcomes = [outcome for outcome, stands in STANDINGS.items() if stands == standing]
    if standing == Standing.EXCUSED:
        return Q(outcome="missed", standing__isnull=False)
    if standing == Standing.MISSED:
        return Q(outcome="missed", standing__isnull=True)
    return Q(outcome__in=outcomes) if outcomes else ~Q(outcome__in=STANDINGS)


def _counted() -> dict[str, Aggregate]:
    taken = Coalesce(F("answered_at") - F("started_at"), Value(NEVER, DurationField()))
    fallen = Q(outcome__in=["met", "missed"])
    return {
        **{stands.value: Count("pk", filter=_standing(stands)) for stands in Standing},
        "median": Within(taken, share=0.5, filter=fallen),
        "nine_of_ten": Within(taken, share=0.9, filter=fallen),
    }


def _figures(row: dict[str, Any]) -> Figures:
    tally = Tally(**{standing.value: row[standing.value] for standing in Standing})
    lengths = [row[name] for name in ("median", "nine_of_ten")]
    return Figures(tally, *(None if length == NEVER else length for length in lengths))


def _line(row: dict[str, Any]) -> Line:
    return Line(
        figures=_figures(row),
        customer=row.get("ticket__customer"),
        account=row.get("ticket__customer__name") or "",
        plan=row.get("plan_version__plan"),
        plan_name=row.get("plan_version__plan__name", ""),
        severity=row.get("severity", ""),
        metric=row.get("metric", ""),
    )


def _seconds(length: Any) -> Any:
    return Extract(length, "epoch")
