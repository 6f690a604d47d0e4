"""The examples for vendors' servers are run as the docs have them, and their tokens work."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from answerable.accounts.models import WidgetKey
from answerable.accounts.signed import read_signed
from answerable.accounts.tests.signing import WORKSPACE, Server
from answerable.cast import Cast

DOCS = Path(__file__).parents[3] / "docs" / "widget"
USER = json.dumps(
    {"account": "nw", "id": "u-dana", "email": "dana@nordwind.example", "name": "Dana Wölf"}
)
Algorithm = WidgetKey.Algorithm
# Of each language: its key, what its code is called in the docs, how it runs, and a call.
RUNS = {
    "python": (
        *(Algorithm.EDDSA, "python", [sys.executable], ".py"),
        f"import json; print(support_identity(json.loads({USER!r})))",
    ),
    "node": (
        *(Algorithm.EDDSA, "js", ["node"], ".mjs"),
        f"console.log(supportIdentity({USER}))",
    ),
    "php": (
        *(Algorithm.RS256, "php", ["php"], ".php"),
        f"echo support_identity(json_decode('{USER}', true));",
    ),
    "ruby": (
        *(Algorithm.RS256, "ruby", ["ruby"], ".rb"),
        f"puts support_identity(JSON.parse('{USER}', symbolize_names: true))",
    ),
}


@pytest.mark.parametrize("language", RUNS)
def test_its_token_is_believed(language: str, here: Cast, tmp_path: Path) -> None:
    algorithm, called, program, ending, call = RUNS[language]
    if not shutil.which(program[0]):
        pytest.skip(f"{language} is not installed here.")
    text = (DOCS / f"{language}.md").read_text()
    found = re.search(rf"```{called}\n(.*?)```", text, re.DOTALL)
    assert found
    file = tmp_path / f"example{ending}"
    file.write_text(f"{found[1]}\n{call}\n")
    server = Server(timezone.now(), algorithm)
    token = subprocess.run(
        [*program, str(file)],
        env=os.environ
        | {
            "PYTHONPATH": os.pathsep.join(sys.path),
            "SUPPORT_KEY_ID": server.key.kid,
            "SUPPORT_PRIVATE_KEY": server.private,
            "SUPPORT_WORKSPACE": WORKSPACE,
        },
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    claims = read_signed(token, at=timezone.now()).claims
    assert (claims.account, claims.sub, claims.name) == ("nw", "u-dana", "Dana Wölf")
    assert claims.token_id
