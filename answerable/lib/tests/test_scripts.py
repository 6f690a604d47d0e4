"""A script and what it imports are one file, and do what they did as many."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.lib.scripts import HOUSE, in_order, joined, one_script

HERE = Path(__file__).parent
OURS = sorted(
    str(path.relative_to(HOUSE)).partition("static/")[2]
    for path in HOUSE.glob("**/static/**/*.js")
    if "vendor" not in path.parts
)
# Scripts of the widget are put together by answerable/widget/served.py.
ELSEWHERE = "widget/"
# As the step for JavaScript of bin/test, which says so aloud.
needs_node = pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
TEXTS = {
    "desk/desk.js": 'import { fill as full } from "../design/text.js"\nimport "./quiet.js"\n\n'
    'said.push(full("desk"))\nexport const filled = full\n',
    "desk/quiet.js": 'said.push("quiet")\n',
    "design/page.js": 'import * as text from "./text.js"\nimport "../desk/quiet.js"\n\n'
    'said.push("page")\nexport const filled = text.fill\nexport class Page {}\n',
    "design/text.js": 'globalThis.said = [...(globalThis.said ?? []), "text"]\n'
    "export function fill(words) {\n  return `${words}.`\n}\n",
}
VERSION = "v1"


@st.composite
def modules(draw: st.DrawFn) -> dict[str, list[str]]:
    """Return which module imports which: only such as have a higher number."""
    names = [f"m{number}.js" for number in range(draw(st.integers(1, 8)))]
    return {
        name: draw(st.lists(st.sampled_from(names[at + 1 :]), unique=True))
        if names[at + 1 :]
        else []
        for at, name in enumerate(names)
    }


def written(imports: dict[str, list[str]]) -> dict[str, str]:
    return {
        name: "".join(f'import "./{other}"\n' for other in others)
        for name, others in imports.items()
    }


def run(script: str, given: object) -> str:
    node = ["node", "--no-warnings", "--experimental-vm-modules", str(HERE / script)]
    text = json.dumps(given)
    done = subprocess.run(node, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@needs_node
def test_a_browser_can_read_every_script_of_ours_with_what_it_imports() -> None:
    assert "desk/desk.js" in OURS
    texts = {name: joined(name).decode() for name in OURS}
    assert run("parsed.mjs", texts) == ""
    alone = [name for name, text in texts.items() if "oursByName" not in text]
    assert all(name.startswith(ELSEWHERE) for name in alone)


@needs_node
def test_what_two_scripts_of_a_page_import_runs_once_and_is_the_same() -> None:
    entries = ("desk/desk.js", "design/page.js")
    said = json.loads(
        run("joined.mjs", [one_script(name, TEXTS.__getitem__, VERSION) for name in entries])
    )
    assert said == {
        "exports": [["filled"], ["Page", "filled"]],
        "same": ["filled"],
        "said": ["text", "quiet", "desk.", "page"],
    }


@given(modules())
def test_a_module_stands_once_and_after_all_that_it_imports(
    imports: dict[str, list[str]],
) -> None:
    order = in_order("m0.js", written(imports).__getitem__)
    assert len(set(order)) == len(order)
    assert order[-1] == "m0.js"
    for at, name in enumerate(order):
        assert set(imports[name]) <= set(order[:at])


@given(modules(), st.data())
def test_a_module_that_imports_itself_is_refused(
    imports: dict[str, list[str]], data: st.DataObject
) -> None:
    order = in_order("m0.js", written(imports).__getitem__)
    imports[data.draw(st.sampled_from(order))].append("m0.js")
    with pytest.raises(ValueError, match="imports itself"):
        in_order("m0.js", written(imports).__getitem__)


@pytest.mark.parametrize(
    "line",
    [
        'import one from "./one.js"',
        'import "https://elsewhere.example/one.js"',
        "export default 1",
        "export let one = 1",
        "export { one }",
        'export * from "./one.js"',
    ],
)
def test_what_cannot_be_joined_is_refused(line: str) -> None:
    texts = {"desk.js": f"{line}\n", "one.js": "export const one = 1\n"}
    with pytest.raises(ValueError, match=r"desk\.js imports or exports"):
        one_script("desk.js", texts.__getitem__, VERSION)


def test_a_module_still_knows_where_it_is() -> None:
    texts = {
        "desk/desk.js": 'import "../routing/parts/beat.js"\n',
        "routing/parts/beat.js": 'new Worker(new URL("../beating.js", import.meta.url))\n',
    }
    whole = one_script("desk/desk.js", texts.__getitem__, VERSION)
    assert 'new URL("../routing/parts/beat.js", import.meta.url).href' in whole


def test_what_is_not_ours_stays_as_it_is() -> None:
    for name in ("design/vendor/htmx-2.0.11.min.js", "mfa/js/webauthn.js"):
        assert b"oursByName" not in joined(name)


def test_a_script_that_is_not_there_is_not_found() -> None:
    with pytest.raises(FileNotFoundError, match=r"none\.js"):
        joined("desk/none.js")
