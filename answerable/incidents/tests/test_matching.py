"""Which incident a request may be about."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.cast.people import Cast
from answerable.incidents import actions
from answerable.incidents.beside import beside
from answerable.incidents.core.matching import fit, stems
from answerable.incidents.tests.scenes import asked, slow_exports


def test_words_fit_by_their_beginning_and_without_accents() -> None:
    assert stems("Exports fail") & stems("exportieren schlägt fehl") == {"export"}
    assert stems("Schläge") == stems("schlage")
    assert stems("Hello, please, thanks a lot") == frozenset()


@given(st.text(), st.text())
def test_fitting_goes_both_ways(one: str, other: str) -> None:
    both = (stems(one), stems(other))
    assert fit(*both, same_product=False) == fit(*reversed(both), same_product=False)
    assert fit(*both, same_product=True) > fit(*both, same_product=False)


@pytest.mark.django_db
def test_the_likeliest_incident_comes_first(cast: Cast, at: datetime) -> None:
    ticket = asked(cast.dana, at)
    mail = actions.open_incident(
        actions.About(title="Mail is late", product=""), agent=cast.ana, at=at
    )
    slow = slow_exports(cast.ana, at)
    slow_exports(cast.ana, at, product="marketing")
    near = beside(ticket, "every export takes hours", at)
    assert (near.linked, list(near.others), list(near.fitting)) == (None, [slow, mail], [slow])


@pytest.mark.django_db
def test_its_own_incident_is_there_even_when_it_is_over(cast: Cast, at: datetime) -> None:
    ticket, slow = asked(cast.dana, at), slow_exports(cast.ana, at)
    actions.link(slow, ticket, agent=cast.ana, at=at)
    actions.end_incident(slow, {"en": "Done."}, agent=cast.ana, at=at)
    near = beside(ticket, "", at)
    assert (near.linked, list(near.others)) == (slow, [])
    assert not near.is_empty
