"""A page that listens: the event stream as a browser reads it, with its way of coming back."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

SILENCE = 10.0  # beats come every three seconds
RETRY = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the stream: its name, its number, its data, and when it came."""

    name: str
    number: int
    data: Mapping[str, object]
    at: float


class Listener(threading.Thread):
    """Listens to topics until told to stop, and comes back whenever the stream is cut."""

    def __init__(
        self,
        port: int,
        cookies: Mapping[str, str],
        topics: Sequence[str],
        hear: Callable[[Event], None],
    ) -> None:
        super().__init__(daemon=True)
        self.port, self.topics, self.hear = port, list(topics), hear
        self.cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.last, self.connected, self.stopping = 0, 0, threading.Event()

    def run(self) -> None:
        """Listen, and listen again."""
        while not self.stopping.is_set():
            try:
                for event in self._stream():
                    self.last = event.number or self.last
                    self.hear(event)
            except (OSError, http.client.HTTPException):
                pass
            self.stopping.wait(RETRY)

    def _stream(self) -> Iterator[Event]:
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SILENCE)
        headers = {"Cookie": self.cookie, "Accept": "text/event-stream"}
        if self.last:
            headers["Last-Event-ID"] = str(self.last)
        try:
            wire.request("GET", f"/live/?topics={','.join(self.topics)}&after=0", None, headers)
            answer = wire.getresponse()
            if answer.status == http.client.OK:
                self.connected += 1
                yield from self._events(answer)
        finally:
            wire.close()

    def _events(self, answer: http.client.HTTPResponse) -> Iterator[Event]:
        name, number, data = "", 0, "{}"
        while not self.stopping.is_set():
            line = answer.readline().decode()
            if not line:
                return
            key, _, value = line.rstrip("\n").partition(": ")
            if key == "event":
                name = value
            elif key == "id":
                number = int(value)
            elif key == "data":
                data = value
            elif not key and name:
                yield Event(name, number, json.loads(data), time.time())
                name, number, data = "", 0, "{}"
