"""Tokens of programs, from the command line."""

from __future__ import annotations

from argparse import Namespace

import pytest
from django.test import Client

from answerable.accounts.models import ApiToken
from answerable.cast import Cast
from answerable.cli import token
from answerable.cli.parser import parse
from answerable.cli.wrong import Wrong

pytestmark = pytest.mark.django_db


def told(*words: str) -> Namespace:
    return parse(["token", *words])


def test_it_makes_lists_and_ends_a_token(
    cast: Cast, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    token.run(told("make", cast.ana.user.email, "--name", "Status board", "--days", "30"))
    made = capsys.readouterr().out.strip()
    headers = {"Authorization": f"Bearer {made}"}
    assert client.get("/api/v1/tickets/1/why", headers=headers).status_code == 404
    token.run(told("list"))
    kept = ApiToken.objects.get()
    listed = capsys.readouterr().out
    assert listed.startswith(f"{kept.pk}  Status board, as {cast.ana.name}, until ")
    assert made not in listed
    token.run(told("end", str(kept.pk)))
    assert client.get("/api/v1/tickets/1/why", headers=headers).status_code == 401
    with pytest.raises(Wrong, match="No token that works has the number"):
        token.run(told("end", str(kept.pk)))


def test_it_makes_none_for_a_customer(cast: Cast) -> None:
    with pytest.raises(Wrong, match="is no agent"):
        token.run(told("make", cast.dana.email, "--name", "Board"))


def test_it_makes_none_that_never_ends(cast: Cast) -> None:
    with pytest.raises(Wrong, match="1 to 730 days"):
        token.run(told("make", cast.ana.user.email, "--name", "Board", "--days", "9999"))
