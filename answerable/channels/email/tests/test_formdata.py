"""A form's fields are what was sent, byte for byte; anything else is refused."""

from __future__ import annotations

import pytest
from django.test.client import encode_multipart
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.formdata import BadForm, boundary_of, parts_of

MARK = "xyz-0123456789-xyz"


def form(*fields: tuple[str, bytes]) -> bytes:
    body = b""
    for name, value in fields:
        head = f'--{MARK}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        body += head + value + b"\r\n"
    return body + f"--{MARK}--\r\n".encode()


@given(st.lists(st.binary(max_size=200), max_size=5))
def test_it_gives_back_the_bytes_of_each_field(values: list[bytes]) -> None:
    fields = [(f"f{n}", value) for n, value in enumerate(values)]
    found = [(part.name, part.value) for part in parts_of(form(*fields), MARK)]
    assert found == fields


def test_it_reads_what_django_writes() -> None:
    body = encode_multipart(MARK, {"subject": "Gr\xfc\xdfe", "more": ["1", "2"]})
    found = [(part.name, part.value.decode()) for part in parts_of(body, MARK)]
    assert found == [("subject", "Gr\xfc\xdfe"), ("more", "1"), ("more", "2")]


def test_it_knows_files() -> None:
    head = (
        f'--{MARK}\r\nContent-Disposition: form-data; name="a"; filename="x \\" y.txt"\r\n'
        "Content-Type: text/plain\r\n\r\n"
    )
    (part,) = parts_of(f"{head}Text\r\n--{MARK}--".encode(), MARK)
    assert (part.file_name, part.type, part.value) == ('x " y.txt', "text/plain", b"Text")


@given(st.binary(max_size=200))
def test_it_refuses_what_is_no_form(body: bytes) -> None:
    with pytest.raises(BadForm):
        list(parts_of(body, MARK))


def test_it_refuses_a_form_that_does_not_end() -> None:
    for length in range(len(form(("a", b"text"))) - 4):
        with pytest.raises(BadForm):
            list(parts_of(form(("a", b"text"))[:length], MARK))


@pytest.mark.parametrize(
    ("said", "boundary"),
    [
        ('multipart/form-data; boundary="a b"', "a b"),
        ("multipart/form-data; boundary=ab", "ab"),
        ("multipart/mixed; boundary=ab", ""),
        ("application/json", ""),
        ("", ""),
    ],
)
def test_it_knows_the_boundary(said: str, boundary: str) -> None:
    assert boundary_of(said) == boundary
