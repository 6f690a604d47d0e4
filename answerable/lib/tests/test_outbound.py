"""The one way out holds against servers that lie, linger, swell or lead elsewhere."""

from __future__ import annotations

import gzip
import re
import socket
import ssl
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from django.utils import translation

from answerable.lib.outbound.client import Ask, Client
from answerable.lib.outbound.deciding import Allowed, allowed_by
from answerable.lib.outbound.wire import resolve
from answerable.lib.outbound.words import Refused, Unfetched
from answerable.lib.tests.web import Handler, Web, serving, silent


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    with serving(tmp_path) as served:
        yield served


def here(host: str, port: int, seconds: float) -> list[str]:
    return ["127.0.0.1"]


def client(web: Web, *more: str, allowed: Allowed | None = None) -> Client:
    """Return a client that may ask the server, and knows every host to be here."""
    trust = ssl.create_default_context(cafile=str(web.authority))
    return Client(allowed or allowed_by([web.origin, *more]), here, trust)


def refusal(asking: Client, ask: Ask) -> Unfetched:
    with pytest.raises(Unfetched) as error:
        asking.fetch(ask)
    return error.value


def test_it_fetches(web: Web) -> None:
    url = web.put("/days.ics?of=2026", b"BEGIN", ETag='"7"')
    answer = client(web).fetch(Ask(url, headers={"If-None-Match": '"6"'}))
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"BEGIN", '"7"')
    ((method, path, headers),) = web.asked
    assert (method, path) == ("GET", "/days.ics?of=2026")
    assert headers["Host"] == f"localhost:{web.port}"
    assert (headers["User-Agent"], headers["If-None-Match"]) == ("Answerable", '"6"')


def test_it_posts_and_is_led_nowhere(web: Web) -> None:
    url = web.put("/hook", b"", status=307, Location="/other")
    assert client(web).fetch(Ask(url, "POST", body=b"{}")).status == 307
    assert web.bodies == [b"{}"]
    assert len(web.asked) == 1


def test_it_unpacks(web: Web) -> None:
    url = web.put("/", gzip.compress(b"BEGIN" * 1000), Content_Encoding="gzip")
    assert client(web).fetch(Ask(url)).body == b"BEGIN" * 1000


def test_it_connects_to_the_address_that_was_judged(web: Web) -> None:
    url = web.put("/", b"")
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    asking = Client(
        allowed_by([web.origin]),
        lambda *_asked: next(answers),
        ssl.create_default_context(cafile=str(web.authority)),
    )
    assert asking.fetch(Ask(url)).status == 200
    # Its second answer is never used without being judged.
    assert refusal(asking, Ask(url)).reason == "inside"
    assert len(web.asked) == 1


def test_every_address_of_a_host_must_be_public(web: Web) -> None:
    asking = Client(Allowed(), lambda *_asked: ["9.9.9.9", "10.0.0.1"])
    refused = refusal(asking, Ask("https://example.com/"))
    assert isinstance(refused, Refused)
    assert str(refused) == (
        "example.com is at 10.0.0.1, which is not on the public internet. An operator may "
        "allow it (ANSWERABLE_OUTBOUND_ALLOW)."
    )


def test_it_tries_the_next_address_when_one_does_not_answer(web: Web) -> None:
    trust = ssl.create_default_context(cafile=str(web.authority))
    both = Client(allowed_by([web.origin]), lambda *_asked: ["127.0.0.9", "127.0.0.1"], trust)
    assert both.fetch(Ask(web.put("/", b""))).status == 200


def test_it_follows_redirects(web: Web) -> None:
    web.put("/new", b"here")
    url = web.put("/old", b"", status=301, Location="new#part")
    answer = client(web).fetch(Ask(url))
    assert (answer.url, answer.body) == (f"{web.origin}/new", b"here")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("https://169.254.169.254/latest/meta-data/", "inside"),
        ("https://[::ffff:127.0.0.1]/", "inside"),
        ("https://inside.example/", "inside"),
        ("https://2852039166/", "host"),
        ("http://localhost/", "plain"),
        ("//user@localhost/", "password"),
        ("file:///etc/passwd", "scheme"),
        ("https://localhost:22/", "port"),
        ("\\\\localhost\\", "address"),
    ],
)
def test_it_is_led_nowhere_it_may_not_go(web: Web, location: str, reason: str) -> None:
    url = web.put("/", b"", status=302, Location=location)
    assert refusal(client(web), Ask(url)).reason == reason
    assert len(web.asked) == 1


def test_it_is_not_led_from_https_to_http_even_where_http_is_allowed(web: Web) -> None:
    url = web.put("/", b"", status=302, Location="http://localhost/")
    assert refusal(client(web, "http://localhost"), Ask(url)).reason == "plain"


def test_it_gives_up_on_a_circle(web: Web) -> None:
    url = web.put("/", b"", status=302, Location="/")
    assert refusal(client(web), Ask(url)).reason == "led"
    assert len(web.asked) == 4


def test_it_tells_no_secret_to_another_host(web: Web, tmp_path: Path) -> None:
    with serving(tmp_path, "other.example") as other:
        other.pages["/"] = lambda handler: handler.send(200)
        url = web.put("/", b"", status=302, Location=f"https://other.example:{other.port}/")
        asking = client(web, f"other.example:{other.port}")
        asking.trust.load_verify_locations(str(other.authority))
        headers = {"Authorization": "Bearer 1", "X-Key": "2", "If-None-Match": '"6"'}
        assert asking.fetch(Ask(url, headers=headers)).status == 200
        ((_method, _path, told),) = other.asked
    assert "Authorization" not in told
    assert "X-Key" not in told
    assert told["If-None-Match"] == '"6"'


def test_it_trusts_a_certificate_for_the_name_alone(web: Web, tmp_path: Path) -> None:
    asking = client(web, f"other.example:{web.port}")
    refused = refusal(asking, Ask(f"https://other.example:{web.port}/"))
    assert refused.reason == "certificate"
    assert "other.example" in refused.values["error"]
    untrusting = Client(allowed_by([web.origin]), here)
    assert refusal(untrusting, Ask(web.origin)).reason == "certificate"
    assert web.asked == []


@pytest.mark.parametrize("declared", [True, False])
def test_it_takes_no_more_than_it_may(web: Web, declared: bool) -> None:
    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "9999999999") if declared else None
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    web.pages["/"] = endless
    refused = refusal(client(web), Ask(web.origin, most_bytes=1_000_000))
    assert str(refused) == "localhost sent more than 1 MB."


def test_it_stops_unpacking_at_what_it_may_take(web: Web) -> None:
    bomb = gzip.compress(gzip.compress(bytes(300_000_000), 9), 9)
    assert len(bomb) < 10_000
    url = web.put("/", bomb, Content_Encoding="gzip, gzip")
    tracemalloc.start()
    try:
        assert refusal(client(web), Ask(url, most_bytes=1_000_000)).reason == "big"
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "begin",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
    ],
)
def test_it_waits_no_longer_for_a_server_that_drips(web: Web, begin: bytes) -> None:
    def drips(handler: Handler) -> None:
        handler.wfile.write(begin)
        while not Event().wait(0.02):
            handler.wfile.write(b"x")

    web.pages["/"] = drips
    refused = refusal(client(web), Ask(web.origin, seconds=0.3))
    assert str(refused) == "localhost took longer than 0.3 seconds."


def test_it_waits_no_longer_for_a_server_that_says_nothing(web: Web) -> None:
    with silent() as port:
        asking = client(web, f"localhost:{port}")
        assert refusal(asking, Ask(f"https://localhost:{port}/", seconds=0.3)).reason == "slow"


def test_it_waits_no_longer_for_a_resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "127.0.0.1" in resolve("localhost", 443, 20.0)
    answered = Event()

    def silent_resolver(*_asked: object, **_more: object) -> list[object]:
        answered.wait()
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", silent_resolver)
    with pytest.raises(Unfetched, match=r"took longer than 0\.1 seconds"):
        resolve("example.com", 443, 0.1)
    answered.set()
    with pytest.raises(Unfetched, match=r"No address is known for example\.com"):
        resolve("example.com", 443, 20.0)


@pytest.mark.parametrize("secure", [True, False])
def test_it_asks_no_proxy(
    web: Web, secure: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(tmp_path, tls=secure) as served:
        url = served.put("/", b"here")
        assert client(served).fetch(Ask(url)).body == b"here"


def test_it_takes_the_type_that_was_asked_for(web: Web) -> None:
    asking, types = client(web), ("text/calendar",)
    url = web.put("/a", b"", Content_Type="text/calendar; charset=utf-8")
    assert asking.fetch(Ask(url, types=types)).status == 200
    url = web.put("/b", b"<p>Sign in</p>", Content_Type="text/html")
    assert str(refusal(asking, Ask(url, types=types))) == "localhost sent text/html."
    url = web.put("/c", b"", status=304)
    assert asking.fetch(Ask(url, types=types)).status == 304


def test_it_says_what_went_wrong(web: Web) -> None:
    asking = client(web, "localhost:9")
    away = refusal(asking, Ask("https://localhost:9/"))
    assert str(away) == "localhost cannot be reached: Connection refused."

    def garbles(handler: Handler) -> None:
        handler.wfile.write(b"hello\r\n")

    web.pages["/"] = garbles
    assert refusal(asking, Ask(web.origin)).reason == "garbled"
    with translation.override("de"):
        assert str(away) == "localhost ist nicht erreichbar: Connection refused."


def test_nobody_else_asks_the_web() -> None:
    """Whatever speaks HTTP speaks it through here."""
    house = Path(__file__).parents[2]
    speaks = re.compile(
        r"^(import|from) (urllib3|urllib\.request|http\.client|requests)\b", re.M
    )
    files = [file for file in house.rglob("*.py") if "tests" not in file.parts]
    found = {file.parent for file in files if speaks.search(file.read_text())}
    assert found == {house / "lib" / "outbound"}
