"""Whatever order lines are committed in, each is found once, and gaps do not stay."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from answerable.tickets.core.gaps import Gap, Look, moved


@dataclass
class Log:
    """A log that several write at once, and one who follows it."""

    given_out: int = 0
    there: set[int] = field(default_factory=set)
    open: dict[str, list[int]] = field(default_factory=dict)
    upto: int = 0
    gaps: list[Gap] = field(default_factory=list)
    found: list[int] = field(default_factory=list)

    def writers(self) -> frozenset[str]:
        return frozenset(self.open)

    def write(self, who: str) -> None:
        self.given_out += 1
        self.open.setdefault(who, []).append(self.given_out)

    def end(self, who: str, *, commits: bool) -> None:
        numbers = self.open.pop(who, [])
        self.there.update(numbers if commits else [])

    def look(self, most: int, between: list[str]) -> None:
        """Look at no more than so many; some commit between any two of its questions."""
        newest, living = max(self.there, default=0), self.writers()
        self._commit_one(between)
        known = {n for gap in self.gaps for n in range(gap.first, gap.last + 1)}
        came = sorted(n for n in self.there if n > self.upto or n in known)
        lines = came[:most]
        seen = lines[-1] if len(came) > most else self.upto + 1000
        self._commit_one(between)
        look = Look(set(lines), seen, newest, living)
        self.upto, self.gaps = moved(self.upto, self.gaps, look, writing=self.writers)
        self.found += lines

    def _commit_one(self, between: list[str]) -> None:
        if between:
            self.end(between.pop(), commits=True)


WHO = st.sampled_from("abcde")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), WHO),
        st.tuples(st.just("commit"), WHO),
        st.tuples(st.just("take back"), WHO),
        st.tuples(st.just("look"), st.integers(1, 4), st.lists(WHO, max_size=2)),
    ),
    max_size=60,
)


@given(STEPS)
def test_each_line_is_found_once_and_no_gap_stays(steps: list[tuple]) -> None:  # type: ignore[type-arg]
    log = Log()
    for step in steps:
        match step:
            case ("write", who):
                log.write(who)
            case ("commit", who):
                log.end(who, commits=True)
            case ("take back", who):
                log.end(who, commits=False)
            case ("look", most, between):
                log.look(most, list(between))
    for who in list(log.open):
        log.end(who, commits=True)
    for _look in range(log.given_out + 2):
        log.look(1000, [])
    assert sorted(log.found) == sorted(log.there)
    assert log.gaps == []


def test_a_number_is_waited_for_as_long_as_somebody_may_bring_it() -> None:
    look = Look({1, 3}, 100, 3, frozenset())
    upto, gaps = moved(0, [], look, writing=lambda: frozenset({"long"}))
    assert (upto, gaps) == (3, [Gap(2, 2, frozenset({"long"}))])
    later = Look(set(), 103, 3, frozenset({"long", "other"}))
    assert moved(upto, gaps, later, writing=frozenset) == (3, gaps)
    over = Look(set(), 103, 3, frozenset({"other"}))
    assert moved(upto, gaps, over, writing=frozenset) == (3, [])
