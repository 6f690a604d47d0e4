"""Somebody else has the port."""

from __future__ import annotations

import socket

from bench.up import Up
from faults.scenarios.trial import Trial, folder


def taken(trial: Trial) -> None:
    """A port that is taken is said in one line, with another to try."""
    with folder() as data, socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = int(other.getsockname()[1])
        _try(trial, Up(data, "--empty", web=port), f"Port {port} is in use.")
        _try(trial, Up(data, "--empty", mail=port), f"Port {port} is in use.")


def _try(trial: Trial, up: Up, words: str) -> None:
    code, said = up.ended(), "".join(up.said)
    trial.need(code == 2, f"The exit code is {code}.")
    trial.need(words in said, f"It said: {said}")
    trial.need("Traceback" not in said, "It showed a traceback.")
    trial.note(said.strip().splitlines()[-1] if said.strip() else "It said nothing.")
