"""A small browser: cookies, pages, forms. Enough to do what a person does, and to be timed."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

TIMEOUT = 15.0
MOST_REDIRECTS = 5


class Unreachable(Exception):
    """The server could not be asked, or did not answer to the end."""


@dataclass(slots=True)
class Form:
    """A form of a page: where it goes, and its fields as the page filled them in."""

    action: str
    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Page:
    """What the server answered."""

    status: int
    address: str
    text: str
    headers: Mapping[str, str]

    def forms(self) -> list[Form]:
        """Return the forms of the page, in order."""
        reader = _Forms(self.address)
        reader.feed(self.text)
        return reader.forms

    def form(self, *, named: str = "", to: str = "") -> Form | None:
        """Return the first form that has this field, and whose address ends so."""
        for form in self.forms():
            if (not named or named in form.fields) and urlsplit(form.action).path.endswith(to):
                return form
        return None


def work_of(page: Page) -> float:
    """Return how many milliseconds a processor worked for it: ours, and the database's."""
    return float(page.headers["x-worked"]) + float(page.headers["x-database"])


class Browser:
    """One person's browser on a port of the loopback. Not for several threads."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None) -> None:
        self.port = port
        self.cookies = dict(cookies or {})
        self._wire: http.client.HTTPConnection | None = None

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Page:
        """Open an address and follow where it leads. Raises Unreachable."""
        page = self._ask("GET", path, None, headers or {})
        for _ in range(MOST_REDIRECTS):
            if page.status not in {301, 302, 303}:
                break
            page = self._ask("GET", urljoin(page.address, page.headers["location"]), None, {})
        return page

    def send(self, form: Form, **values: str) -> Page:
        """Press a form's button; what comes back is not followed. Raises Unreachable."""
        body = urlencode(form.fields | values).encode()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        return self._ask("POST", form.action, body, headers)

    def twin(self) -> Browser:
        """Return another tab: the same person, a connection of its own."""
        return Browser(self.port, self.cookies)

    def close(self) -> None:
        """Close the connection; the next page opens another."""
        if self._wire:
            self._wire.close()
        self._wire = None

    def _ask(
        self, method: str, address: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Page:
        parts = urlsplit(address)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            wire = self._connected()
            wire.request(method, target, body, {"Cookie": cookie, **headers})
            answer = wire.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Unreachable(type(error).__name__) from error
        self._remember(answer.headers.get_all("Set-Cookie") or [])
        if answer.will_close:
            self.close()
        found = {name.lower(): value for name, value in answer.headers.items()}
        return Page(answer.status, target, text, found)

    def _connected(self) -> http.client.HTTPConnection:
        if self._wire is None:
            self._wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        return self._wire

    def _remember(self, cookies: list[str]) -> None:
        for cookie in cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()


class _Forms(HTMLParser):
    """Collects the forms of a page with what stands in their fields."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.inside = ""  # the name of the text area that is being read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.address, found.get("action") or self.address)
            self.forms.append(Form(action, found.get("method", "get").lower()))
        elif self.forms and found.get("name"):
            self._field(tag, found)

    def _field(self, tag: str, found: dict[str, str]) -> None:
        fields, name, kind = self.forms[-1].fields, found["name"], found.get("type", "text")
        if tag == "textarea":
            fields[name], self.inside = "", name
        elif tag == "input" and kind in {"checkbox", "radio"}:
            if "checked" in found:
                fields[name] = found.get("value", "on")
        elif tag in {"input", "select"} and kind != "submit":
            fields[name] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.forms[-1].fields[self.inside] += data
