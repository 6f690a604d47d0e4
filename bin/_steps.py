"""The steps of bin/test, fastest first. Each is timed, and run whatever the others say."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parent.parent
TOOLS = Path(sys.executable).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Of a server of our own: the second run of pytest uses what the first one migrated.
KEPT_DATABASE: list[str] = []
Step = Callable[[], bool | None]  # passed, failed, or skipped


def main() -> int:
    """Run the steps that were asked for; return 1 when one of them failed."""
    parser = argparse.ArgumentParser(prog="bin/test", description="Run the steps, or some.")
    parser.add_argument("steps", nargs="*", metavar="STEP", help=", ".join(STEPS))
    asked = parser.parse_args().steps or list(STEPS)
    if unknown := [name for name in asked if name not in STEPS]:
        parser.error(f"there is no step {unknown[0]}; there are {', '.join(STEPS)}")
    signal.signal(signal.SIGTERM, _interrupt)
    os.chdir(ROOT)
    with _database(needed=any(name in NEED_DATABASE for name in asked)):
        outcomes = {name: _timed(name) for name in STEPS if name in asked}
    return _summary(outcomes)


def _timed(name: str) -> tuple[bool | None, float]:
    _print(f"\n── {name} " + "─" * (60 - len(name)))
    begun = time.monotonic()
    return STEPS[name](), time.monotonic() - begun


def _summary(outcomes: dict[str, tuple[bool | None, float]]) -> int:
    words = {True: "passed", False: "FAILED", None: "skipped"}
    _print("\n── summary " + "─" * 53)
    for name, (passed, seconds) in outcomes.items():
        _print(f"{name:<12} {words[passed]:<8} {seconds:6.1f} s")
    failed = [name for name, (passed, _) in outcomes.items() if passed is False]
    _print(f"\nFailed: {', '.join(failed)}." if failed else "\nAll green.")
    return 1 if failed else 0


def _run(*command: str) -> bool:
    return subprocess.run(command, check=False).returncode == 0


def _tool(name: str, *arguments: str) -> bool:
    return _run(str(TOOLS / name), *arguments)


def _style() -> bool:
    return _tool("ruff", "format", "--check", ".")


def _lint() -> bool:
    return _tool("ruff", "check", ".")


def _floors() -> bool:
    return _tool("lint-imports", "--no-cache")


def _types() -> bool:
    return _tool("mypy", "answerable", "bench", "bin", "conftest.py")


def _migrations() -> bool:
    check = ["manage", "makemigrations", "--check", "--dry-run"]
    return _run(sys.executable, "-W", "ignore", "-m", "answerable", *check)


def _javascript() -> bool | None:
    node = shutil.which("node")
    if node is None:
        _print("Skipped: node is not installed.")
        return None
    return _run(node, "--test", *sorted(map(str, ROOT.glob("answerable/**/*.test.mjs"))))


def _tests() -> bool:
    _have("dovecot", "dovecot-imapd", "the tests with a real IMAP server")
    # A file's tests stay together: some share a server that takes seconds to start.
    return _tool("pytest", "-q", "-n", "2", "--dist", "loadfile", *KEPT_DATABASE)


def _browser() -> bool:
    found = _chromium()
    if found is None:
        _print("A browser is missing. Install Chromium or Chrome, or name it in CHROME.")
        return False
    os.environ["ANSWERABLE_CHROMIUM"] = found
    _have("turnserver", "coturn", "the tests of calls by way of a real relay")
    return _tool(
        "pytest", "-q", "-n", "2", "--dist", "loadfile", "-m", "browser", *KEPT_DATABASE
    )


def _chromium() -> str | None:
    """Return a Chromium or Chrome that runs; on Debian one is installed."""
    found = _working_chromium()
    return found or (_working_chromium() if _installed("chromium") else None)


def _have(program: str, package: str, tests: str) -> None:
    """Install a server that some tests start; without it they are skipped."""
    path = f"{os.environ['PATH']}:/usr/sbin"
    if not shutil.which(program, path=path) and not _installed(package):
        _print(f"Skipped: {tests}. Install {package}.")


def _installed(package: str) -> bool:
    """Install a package of Debian's, as root or by sudo; say whether that came about."""
    asking = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (asking and not shutil.which("sudo")):
        return False
    _print(f"Installing {package} …")
    return _quiet(*asking, "apt-get", "update") and _quiet(
        *asking, "apt-get", "install", "-y", package
    )


def _working_chromium() -> str | None:
    named = os.environ.get("CHROME") or os.environ.get("ANSWERABLE_CHROMIUM")
    for name in [named] if named else BROWSERS:
        path = shutil.which(name)
        # Ubuntu's package is a stand-in that only asks for a snap.
        if path and _quiet(path, "--version"):
            return path
    return None


def _quiet(*command: str) -> bool:
    done = subprocess.run(
        command,
        capture_output=True,
        check=False,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
    )
    return done.returncode == 0


@contextmanager
def _database(*, needed: bool) -> Iterator[None]:
    """Name a throwaway server to all steps, unless the environment names one already."""
    if not needed or os.environ.get("ANSWERABLE_DATABASE_URL"):
        yield
        return
    from answerable.cli import look  # noqa: PLC0415  # As below.
    from answerable.lib import postgres  # noqa: PLC0415  # Some steps do without it.
    from answerable.tests.throwaway import FAST  # noqa: PLC0415  # As above.

    with tempfile.TemporaryDirectory(prefix="answerable-tests-") as folder:
        server = postgres.start(Path(folder), settings=FAST)
        os.environ["ANSWERABLE_DATABASE_URL"] = server.url()
        KEPT_DATABASE.append("--reuse-db")
        try:
            look.reach(server.url())
            yield
        finally:
            server.stop()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _print(line: str) -> None:
    print(line, flush=True)  # noqa: T201  # This is a command.


NEED_DATABASE = {"migrations", "tests", "browser"}
STEPS: dict[str, Step] = {
    "format": _style,
    "lint": _lint,
    "floors": _floors,
    "types": _types,
    "migrations": _migrations,
    "javascript": _javascript,
    "tests": _tests,
    "browser": _browser,
}

if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
