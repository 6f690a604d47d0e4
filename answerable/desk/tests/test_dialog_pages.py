"""Dialogs over the queue are pages of their own where there is no script."""

from __future__ import annotations

import pytest
from django.test import Client

from answerable.cast import Cast
from answerable.desk.tests.opening import ask


@pytest.mark.parametrize("dialog", ["filter/", "save/", "bulk/assign/?numbers={}"])
def test_it_leads_back_to_the_queue(here: Cast, ana: Client, dialog: str) -> None:
    address = f"/desk/q/all/{dialog.format(ask(here.dana).pk)}"
    page = ana.get(address).content.decode()
    assert "Back to the queue" in page
    assert "<form" in page
