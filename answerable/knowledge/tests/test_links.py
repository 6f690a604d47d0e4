"""The links of a Markdown text are found, and can be led elsewhere; code has none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.knowledge.core.links import links_in, rewritten

TEXT = """See [one](a.md), ![shot](pics/a (1).png "A shot") and <https://example.com/x>.
[![inner](b.png)](<c d.md>) but not `[code](no.md)`.

```md
[code](no.md)
```

    [ref]: https://example.com/ref
[ref]: https://example.com/ref
"""


def test_it_finds_links_and_pictures_but_none_in_code() -> None:
    found = [(link.target, link.is_picture) for link in links_in(TEXT)]
    assert found == [
        ("a.md", False),
        ("https://example.com/x", False),
        ("b.png", True),
        ("c d.md", False),
        ("https://example.com/ref", False),
    ]


def test_it_leads_links_elsewhere_and_leaves_all_else() -> None:
    led = rewritten("[a](x.md#top) `[a](x.md)` ![p](y.png 'Y')", lambda link: f"/{link.target}")
    assert led == "[a](/x.md#top) `[a](x.md)` ![p](/y.png 'Y')"


def test_it_puts_brackets_around_a_target_that_needs_them() -> None:
    assert rewritten("[a](x)", lambda link: "/a b(") == "[a](</a b(>)"


def test_it_understands_parentheses_in_a_target() -> None:
    assert [link.target for link in links_in("[a](/wiki/A_(b)) text)")] == ["/wiki/A_(b)"]


@given(st.text(alphabet="ab[]()<>!`\\ \n:/.'\"", max_size=100))
def test_it_gives_back_any_text_whose_links_lead_where_they_led(text: str) -> None:
    assert rewritten(text, lambda link: link.target) == text
