"""`bin/bench`: one bench by its name, or all of them, one after another."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from bench.measure import say

BENCHES = {
    "due": "due computations per second",
    "sla": "a million open clocks counted anew while the desk is used",
    "lateness": "how late misses are noticed, with a million clocks",
    "pages": "what the pages cost with up to a million tickets",
    "conversation": "a conversation of up to 5,000 entries, on the server and in a browser",
    "mail": "mails to durable tickets per CPU-second, by SMTP and by import; a large one",
    "stream": "from a stored message to an open page",
    "chat": "from what is said in a chat to the other side, with thousands of open pages",
    "routing": "waits of a month of calls, ours against first come (--log FILE)",
    "search": "search of ten thousand articles, whole questions and as typed",
    "desk": "the agent desk in a browser and on the server, with up to a million tickets",
    "finding": "search over a million tickets and four million messages",
    "bulk": "a reply to 5,000 tickets, an act on 10,000, the worker killed in the middle",
    "answers": "how often the right article is found, on sets of questions (--material DIR)",
    "wall": "the wallboard, and a forecast, with up to a million tickets",
    "widget": "bytes and time that the help widget costs a page",
    "start": "start to ready, and memory",
}


def main(arguments: Sequence[str]) -> int:
    """Run the bench that is named with its own options, or every bench with none."""
    name, *rest = arguments or ["all"]
    if name == "all":
        for each, what in BENCHES.items():
            say(f"{each}: {what}")
            _run(each, rest)
            say("")
        return 0
    if name not in BENCHES:
        say("bin/bench NAME [--json FILE], where NAME is all, or one of")
        for each, what in BENCHES.items():
            say(f"  {each:12} {what}")
        return 0 if name in {"-h", "--help"} else 2
    _run(name, rest)
    return 0


def _run(name: str, arguments: Sequence[str]) -> None:
    bench: Callable[[Sequence[str]], None] = import_module(f"bench.{name}").main
    bench(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
