"""An HTML body becomes the text that it shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.html import text_of


@pytest.mark.parametrize(
    ("it", "html", "text"),
    [
        ("takes paragraphs apart", "<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("ends lines", "One<br>Two<div>Three</div>", "One\nTwo\nThree"),
        ("keeps links", '<a href="https://a.example/x">here</a>', "here <https://a.example/x>"),
        (
            "says a link once",
            '<a href="https://a.example">https://a.example</a>',
            "https://a.example",
        ),
        ("drops other links", '<a href="javascript:alert(1)">here</a>', "here"),
        ("drops scripts", "<script>alert('x')</script>Hello", "Hello"),
        (
            "drops styles",
            "<html><head><style>p {}</style><title>T</title></head>Hello",
            "Hello",
        ),
        ("shows a body after an open head", "<head><body>Hello</body>", "Hello"),
        (
            "marks quotations",
            "<p>New</p><blockquote>Old<br>older</blockquote>",
            "New\n\n> Old\n> older",
        ),
        ("lists", "<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
        ("keeps lines of pre", "<pre>a\n  b</pre>", "a\n  b"),
        ("puts cells on a line", "<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("reads entities", "caf&eacute; &lt;b&gt; &amp;", "caf\u00e9 <b> &"),
        ("joins spaces", "one \n two&nbsp;", "one two"),
    ],
)
def test_it(it: str, html: str, text: str) -> None:
    assert text_of(html).strip() == text, it


@given(st.text(alphabet="<>[]/a pdivblockquote\"'=&;!-\n", max_size=300))
def test_it_takes_any_html(html: str) -> None:
    assert isinstance(text_of(html), str)
