"""The made-up product is there in a demonstration, and nowhere else."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.actions import install
from answerable.accounts.signed import read_signed
from answerable.cast import Cast
from answerable.cast.widget import let_the_product_sign
from answerable.tests.kept_cast import cast_at
from answerable.widget.tests.conftest import TODAY


@pytest.fixture
def demo(db: None) -> Cast:
    install(demo=True, at=TODAY)
    cast = cast_at(TODAY)
    let_the_product_sign(cast, at=TODAY)
    return cast


def test_its_server_signs_for_whom_it_is_used_as(demo: Cast, client: Client) -> None:
    page = client.get("/demo/product/exports/?as=sam")
    token = re.search(r'data-identity="([^"]+)"', page.content.decode())
    assert token
    assert read_signed(token[1], at=timezone.now()).claims.email == "sam@nordwind.example"
    assert "require-trusted-types-for" in page.headers["Content-Security-Policy"]
    nobody = client.get("/demo/product/?as=nobody")
    assert b"data-identity" not in nobody.content


def test_there_is_none_outside_a_demonstration(db: None, client: Client) -> None:
    assert client.get("/demo/product/").status_code == 404
    assert client.get("/demo/product/token/?as=dana").status_code == 404
