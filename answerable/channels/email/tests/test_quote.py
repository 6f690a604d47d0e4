"""What is new is kept apart from what is quoted, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.quote import split_reply

OUTLOOK = (
    "From: Answerable Support <support@answerable.example>\n"
    "Sent: Monday, October 20, 2025 10:12\nTo: Dana Wolf\nSubject: Exports fail\n\nWe look."
)
OUTLOOK_DE = (
    "Von: Answerable Support <support@answerable.example>\n"
    "Gesendet: Montag, 20. Oktober 2025\nAn: Dana Wolf\nBetreff: Export\n\nWir sehen nach."
)


@pytest.mark.parametrize(
    ("it", "text", "new"),
    [
        ("folds a quotation", "It works.\n\nOn Mon, Ana wrote:\n> We look.\n", "It works."),
        (
            "folds German",
            "Es geht.\n\nAm 20.10.2025 um 10:12 schrieb Ana:\n> Wir\n",
            "Es geht.",
        ),
        (
            "folds an attribution on two lines",
            "Yes.\n\nOn Mon, Oct 20, 2025 at 10:12 AM Answerable Support\n"
            "<support+abc@answerable.example> wrote:\n\n> We look.\n",
            "Yes.",
        ),
        ("folds what Outlook writes", f"It works.\n\n{OUTLOOK}", "It works."),
        ("folds what Outlook writes in German", f"Es geht.\n\n{OUTLOOK_DE}", "Es geht."),
        (
            "folds below the original's line",
            "Danke!\n\n-----Ursprüngliche Nachricht-----\nVon: Ana\nWir sehen nach.",
            "Danke!",
        ),
        ("folds a signature", "It works.\n\n-- \nDana Wolf\nNordwind", "It works."),
        ("folds a telephone's line", "It works.\n\nSent from my iPhone", "It works."),
        ("folds a telephone's German line", "Ok\n\nVon meinem iPhone gesendet", "Ok"),
        ("keeps text below a quotation", "> We look.\n\nThanks, Ana.", "Thanks, Ana."),
        (
            "keeps a text without quotation",
            "Hello,\n\nexports fail.",
            "Hello,\n\nexports fail.",
        ),
        ("keeps a text that is all quotation", "> Only this.", "> Only this."),
        (
            "folds what is passed on",
            "FYI\n\n---------- Forwarded message ----------\nFrom: a@b.example\n\nText",
            "FYI",
        ),
        (
            "keeps what is answered line by line",
            "> Since when?\nSince nine.\n> Everywhere?\nOnly here.",
            "> Since when?\nSince nine.\n> Everywhere?\nOnly here.",
        ),
        ("takes a dash for no signature", "Steps:\n- one\n- two", "Steps:\n- one\n- two"),
        (
            "takes a sentence for no attribution",
            "On Monday we wrote to Ben.",
            "On Monday we wrote to Ben.",
        ),
    ],
)
def test_it(it: str, text: str, new: str) -> None:
    assert split_reply(text).new == new, it


PIECES = st.sampled_from(
    ["Hello", "> quoted", "", "On Mon, Ana wrote:", "-- ", "Dana", "From: a@b", "To: c@d",
     "Subject: x", "Sent from my iPhone", "-----Original Message-----", "\u2028odd", "________"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("\n".join))
def test_it_loses_no_line(text: str) -> None:
    split = split_reply(text)
    kept = [*split.new.split("\n"), *split.folded.split("\n")]
    wanted = [line.strip() for line in text.split("\n") if line.strip()]
    assert sorted(line.strip() for line in kept if line.strip()) == sorted(wanted)


@given(st.text(max_size=400))
def test_it_takes_any_text(text: str) -> None:
    split = split_reply(text)
    assert not text.strip() or split.new or split.folded


def test_it_reads_a_long_line_and_many_lines_without_effort() -> None:
    assert split_reply("On " + "x" * 500_000).new
    assert split_reply("\n".join(["On a wrote"] * 50_000)).new
    assert split_reply("a " * 300_000 + "wrote:\n> x").new
