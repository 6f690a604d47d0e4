"""Small files become one script and one style sheet."""

from __future__ import annotations

import pytest

from answerable.widget import served
from answerable.widget.core.assembling import one_module, one_style_sheet, tokens_for

FILES = {
    "desk.js": 'import { one } from "./one.js"\nimport { two } from "./two.js"\n'
    "export class Desk {}\n",
    "one.js": 'import { two } from "./two.js"\n// What it is.\nexport const one = () => two\n',
    "two.js": "export const two = 2\n",
}


def test_it_puts_each_file_after_those_that_it_needs() -> None:
    whole = one_module(FILES, "desk.js", "const PANEL = 1\n")
    assert whole == (
        "const PANEL = 1\nconst two = 2\nconst one = () => two\nexport class Desk {}\n"
    )


def test_it_refuses_a_name_that_two_files_have() -> None:
    with pytest.raises(ValueError, match="two"):
        one_module(FILES | {"one.js": "const two = 3\nexport const one = 1\n"}, "one.js") and (
            one_module(FILES | {"one.js": FILES["one.js"] + "const two = 3\n"}, "desk.js")
        )


def test_it_takes_styles_into_the_shadow() -> None:
    tokens = ':root { --a: var(--b); }\n[data-theme="dark"] { color-scheme: dark; }\n'
    whole = one_style_sheet([tokens, "/* Why. */ p { margin: 0.75rem 12px; }"])
    assert ".desk { --a: var(--b); }" in whole
    assert '.desk[data-theme="dark"]' in whole
    assert "margin: 12px 12px" in whole
    assert "Why" not in whole


def test_it_gives_the_tokens_that_are_used_and_those_they_use() -> None:
    tokens = "--b: light-dark(x, y);\n--a: var(--b);\n--c: z;\n"
    given = tokens_for("p { color: var(--a) }", tokens)
    assert "--a:var(--b);--b:light-dark(x, y);" in given
    assert "--c" not in given
    assert ".desk[data-theme=dark]{color-scheme:dark}" in given


def test_the_loader_is_small_and_knows_its_panel() -> None:
    loader, panel = served.loader(), served.panel()
    assert len(loader.compressed) <= 4096
    assert panel.name.encode() in loader.plain
    assert len(loader.compressed) + len(panel.compressed) <= 28 * 1024
    assert len(served.chat().compressed) <= 11 * 1024
    for script in (loader, panel, served.chat()):
        assert b"import " not in script.plain.replace(b"import(", b"").replace(
            b"import.meta", b""
        )
