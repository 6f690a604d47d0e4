"""Who was absent for five seconds, whenever one looked, counts as dead."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.absence import LAPSE_SECONDS, Absences

ANA, BEN = 1, 2
LOOKS = st.lists(st.tuples(st.floats(0, 3), st.frozensets(st.sampled_from([ANA, BEN]))))


def test_it_waits_five_seconds() -> None:
    absences = Absences()
    assert absences.look([ANA], 10.0) == []
    assert absences.look([ANA, BEN], 14.9) == []
    assert absences.look([ANA, BEN], 15.0) == [ANA]


def test_it_counts_anew_for_who_was_there_meanwhile() -> None:
    absences = Absences()
    absences.look([ANA], 0.0)
    absences.look([], 4.0)
    assert absences.look([ANA], 6.0) == []


@given(LOOKS)
def test_it_gives_up_only_who_was_absent_at_every_look_of_five_seconds(
    looks: list[tuple[float, frozenset[int]]],
) -> None:
    absences, seen, at = Absences(), [], 0.0
    for pause, absent in looks:
        at += pause
        seen.append((at, absent))
        for dead in absences.look(absent, at):
            latest = [who for then, who in seen if then >= at - LAPSE_SECONDS]
            assert all(dead in who for who in latest)
            assert at - seen[0][0] >= LAPSE_SECONDS
