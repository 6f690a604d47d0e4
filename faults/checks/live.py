"""A page that was open all the time knew of every change in the end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from answerable.live.models import LiveEvent
from bench.measure import quantile
from faults.checks.evidence import Checked, Evidence, Heard

NEVER = float("inf")


class Told:
    """When a page knew of a change: its topic was named with this number or a later one.

    An event is thin, it says fetch anew; so what came after a change covers it too, and so does
    being told to fetch everything.
    """

    def __init__(self, topic: str, heard: Sequence[Heard]) -> None:
        named = sorted((h.number, h.at) for h in heard if h.topic == topic)
        self.numbers = [number for number, _ in named]
        times = [at for _, at in reversed(named)]
        self.earliest = list(reversed(list(accumulate(times, min))))
        self.all_anew = sorted(h.at for h in heard if not h.topic)

    def at(self, change: int, published: float) -> float:
        """Return when the page knew of a change that was published then."""
        named, anew = bisect_left(self.numbers, change), bisect_left(self.all_anew, published)
        by_name = self.earliest[named] if named < len(self.earliest) else NEVER
        by_all = self.all_anew[anew] if anew < len(self.all_anew) else NEVER
        return min(by_name, by_all)


def check(evidence: Evidence) -> Checked:
    """Compare what a stream said with what was published on its topics."""
    checked = Checked("An open page was told of every change, whatever was killed")
    delays: list[float] = []
    for topic in evidence.topics:
        told = Told(topic, evidence.heard)
        for change in LiveEvent.objects.filter(topic=topic, at__gte=evidence.began):
            published = change.at.timestamp()
            known = told.at(change.pk, published)
            checked.find(known == NEVER, f"{topic}: nobody was told of change {change.pk}.")
            delays.append(max(0.0, known - published))
    checked.cases = len(delays)
    if delays:
        middle, most = quantile(delays, 0.5) * 1000, quantile(delays, 0.99)
        checked.notes.append(
            f"{len(delays)} changes of {len(evidence.topics)} topics; known after "
            f"{middle:.0f} ms (p50), {most:.1f} s (p99), {max(delays):.1f} s at the latest: "
            "each kill of web or PostgreSQL cuts the stream."
        )
    return checked
