"""Which of two saves of the same words stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.tickets.core.saving import Comes, as_named, comes

PAGE, OTHER = "a1b2c3", "d4e5f6"
TURNS = st.integers(1, 999_999_999)


@given(st.permutations(range(1, 7)))
def test_however_the_saves_of_a_page_arrive_its_last_one_stands(order: list[int]) -> None:
    kept = ""
    for turn in order:
        name = f"{PAGE}.{turn}"
        how = comes(name, base="" if not kept else f"{PAGE}.{turn - 1}", kept=kept)
        assert how is not Comes.ACROSS
        kept = name if how is Comes.NEXT else kept
    assert kept == f"{PAGE}.6"


@given(TURNS, TURNS)
def test_a_window_that_has_not_read_what_is_kept_comes_across(turn: int, there: int) -> None:
    kept = f"{OTHER}.{there}"
    assert comes(f"{PAGE}.{turn}", base="", kept=kept) is Comes.ACROSS
    assert comes(f"{PAGE}.{turn}", base=kept, kept=kept) is Comes.NEXT


@given(st.text())
def test_what_is_no_name_is_compared_by_what_was_read(words: str) -> None:
    assert comes(words, base=words, kept=words) is Comes.NEXT
    if not as_named(words):
        assert comes(words, base="", kept=f"{PAGE}.3") is Comes.ACROSS


def test_a_name_is_a_page_and_a_count() -> None:
    assert as_named("a1b2c3.12") == "a1b2c3.12"
    wrong = [
        "",
        ".1",
        "a1b2c3",
        "a1b2c3.",
        "A1B2C3.1",
        "a1b2c3.-1",
        "2026-03-10T13:00:05.12+00:00",
    ]
    assert {as_named(one) for one in [*wrong, "a1b2c3.1\n", "a1b2c3.\u0661"]} == {""}
