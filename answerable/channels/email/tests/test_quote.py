"""What is new is kept apart from what is quoted, and nothing is lost."""

from __future__ import annotations

import re

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
            "keeps what is answered in two places, and folds who wrote it",
            "On 1 May 2023, Ana wrote:\n> Since when?\n\nSince nine.\n\n> Where?\n\nHere.\n\n"
            "> Bye",
            "> Since when?\n\nSince nine.\n\n> Where?\n\nHere.",
        ),
        (
            "keeps text above and below a quotation",
            "Hi Ana,\n\nOn 1 May 2023, Ana wrote:\n> We look.\n> Soon.\n\nIt works.\n\nDana",
            "Hi Ana,\n\nIt works.\n\nDana",
        ),
        (
            "keeps a line that somebody quotes between others",
            "You wrote\n> restart it\nbut it is on fire.",
            "You wrote\n> restart it\nbut it is on fire.",
        ),
        (
            "folds quotations without spaces",
            "Yes.\n\n1.5.2023 a@b.example:\n>Yes?\n>>No.",
            "Yes.",
        ),
        (
            "folds below a rule",
            "Yes.\n________________\nDe : Ana\nEnvoyé : lundi\nÀ : Ben\n\nOui ?",
            "Yes.",
        ),
        (
            "folds a title in a language that we do not know",
            "Yes.\n\n----- Qoq wa'DIch -----\nFrom: Ana\nTo: Ben\nSubject: x\n\nWell?",
            "Yes.",
        ),
        (
            "folds what a help desk quotes",
            "Yes.\n\n##- Please type your reply above this line -##\n\nAna, May 1\nWell?",
            "Yes.",
        ),
        (
            "folds below Proton Mail's dashes",
            "Yes.\n\n\u2010\u2010\u2010\u2010 Original Message \u2010\u2010\u2010\u2010\nWell?",
            "Yes.",
        ),
        (
            "folds an attribution behind the last words",
            "reply Am Mi., 4. Apr. 2012 um 15:59 schrieb Ana <a@b.example>:\n> Hi",
            "reply",
        ),
        (
            "takes a list of points for no headers",
            "From: Berlin\nTo: Munich\nDate: 12.10.2023\n\nA ticket, if you can.",
            "From: Berlin\nTo: Munich\nDate: 12.10.2023\n\nA ticket, if you can.",
        ),
        (
            "takes our own words for no attribution",
            "On 12/10/2021 I wrote the following:\n\nIt fails.",
            "On 12/10/2021 I wrote the following:\n\nIt fails.",
        ),
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
    ["Hello", "> quoted", "", "On Mon, Ana wrote:", "On 1.5.2023 Ana <a@b> wrote:", "-- ",
     "Dana", "From: a@b", "To: c@d", "Subject: x", "Date: 1.5.2023", "\u2028odd",
     "Sent from my iPhone",
     "-----Original Message-----", "________", "---- Forwarded message ----", ">> deep",
     "-Ana", "> On 1.5.2023 Ana <a@b> wrote:", "<", "> wrote:",
     "CONFIDENTIALITY NOTICE: recipient"]
)  # fmt: skip
BARE = re.compile("(From|To|Subject|Date|On Mon)")
TEXTS = st.lists(PIECES, max_size=25).map("\n".join) | st.text(
    alphabet="<>:-_*@. \n\tOn1wrote\u00a0", max_size=200
)


def said(*texts: str) -> list[str]:
    return sorted(line.strip() for text in texts for line in text.split("\n") if line.strip())


@given(TEXTS)
def test_it_loses_no_line(text: str) -> None:
    split = split_reply(text)
    assert said(split.new, split.quoted, split.signature) == said(text)
    assert said(split.new, split.folded) == said(text)


@given(TEXTS)
def test_it_shows_something_of_whatever_says_something(text: str) -> None:
    assert bool(split_reply(text).new.strip()) == bool(text.strip())


# Of pieces that become nothing else when a quotation between two of them is gone.
STEADY = PIECES.filter(lambda p: "<" not in p.replace("<a@b>", "") and not BARE.match(p))


@given(st.lists(STEADY, max_size=25).map("\n".join))
def test_it_splits_what_is_new_no_further(text: str) -> None:
    new = split_reply(text).new
    assert split_reply(new).new == new


@given(st.text(max_size=400))
def test_it_takes_any_text(text: str) -> None:
    split = split_reply(text)
    assert not text.strip() or split.new


def test_it_reads_a_long_line_and_many_lines_without_effort() -> None:
    assert split_reply("On " + "x" * 500_000).new
    assert split_reply("\n".join(["On a wrote"] * 50_000)).new
    assert split_reply("a " * 300_000 + "wrote:\n> x").new
