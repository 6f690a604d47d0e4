"""What cannot be read is answered in words."""

from __future__ import annotations

import pytest
from django.test import Client

from answerable.portal.tests.helping import form_with, text_of
from answerable.tickets.models import Ticket


def test_it_says_that_a_hundred_megabytes_are_too_many(dana: Client) -> None:
    answer = dana.post("/contact/", form_with(dana, body="x" * 100_000_000))
    assert answer.status_code == 413
    said = text_of(answer)
    assert "That is too big to send" in said
    assert "your text is still there" in said
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("address", ["/contact/", "/sign-in/"])
def test_it_says_so_before_anybody_signs_in(db: None, client: Client, address: str) -> None:
    answer = client.post(address, {"body": "x" * 3_000_000, "email": "dana@nordwind.example"})
    assert answer.status_code == 413


def test_it_says_that_another_encoding_cannot_be_read(dana: Client) -> None:
    answer = dana.post(
        "/contact/",
        "body=Gr%FC%DFe".encode("latin-1"),
        content_type="application/x-www-form-urlencoded; charset=latin-1",
    )
    assert answer.status_code == 400
    assert "We could not read what was sent" in text_of(answer)


def test_it_takes_bytes_that_are_no_text(dana: Client) -> None:
    body = b"language=en&body=%FF%FE%00broken+bytes"
    answer = dana.post("/contact/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert "broken bytes" in Ticket.objects.get().subject
