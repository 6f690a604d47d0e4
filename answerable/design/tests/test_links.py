"""A text shows its addresses as links, and everything else as it was written."""

from __future__ import annotations

from django.template.defaultfilters import urlize
from hypothesis import example, given
from hypothesis import strategies as st

from answerable.design.links import linked

ADDRESSES = ["http", "https://", "HTTPS://", "www.", "WWW.a", "x.com", ".NET", ".org/a?b=1&c"]
OTHERS = [
    "@",
    "a@b.de",
    " ",
    "\n",
    "&",
    "<b>",
    "&amp;",
    "'",
    '"',
    "(",
    ")",
    ".",
    ":",
    ";",
    "a.dev",
]
PIECES = ADDRESSES + OTHERS


@given(st.lists(st.sampled_from(PIECES)).map("".join))
@example("See http://example.com/?a=1&b=2, or write to support@example.com.")
@example("Nothing to see. <script>alert('1')</script> & so on…")
def test_it_finds_what_django_finds(text: str) -> None:
    assert linked(text) == urlize(text)
