"""What is wrong with a plan, all of it at once: errors refuse it, warnings only speak. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from answerable.entitlements.core.lines import line_of, lines_of
from answerable.entitlements.core.wrong import Path, PlanError

Table = tuple[str, Collection[str]]  # its name in the document, and the names that it has

NEAR = 0.6  # how alike two words are that may be one, misspelt


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that cannot be meant (an error) or hardly can (a warning): where, and what.

    `path` leads to it in the document, `line` counts from 1 where the text is known. `pattern`
    and `advice` are sentences with names in braces for which `values` stand in.
    """

    path: Path
    pattern: str
    advice: str = ""
    values: tuple[tuple[str, str], ...] = ()
    is_error: bool = True
    line: int | None = None

    @property
    def words(self) -> str:
        """What is wrong."""
        return self.pattern.format(**dict(self.values))

    @property
    def instead(self) -> str:
        """What to write instead; empty where that follows from what is wrong."""
        return self.advice.format(**dict(self.values))

    def __str__(self) -> str:
        return f"{self.words} {self.instead}".strip()


class PlanRefused(PlanError):
    """A plan that cannot be published: everything that is wrong with it.

    `path` and `line` are those of the first error.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [finding for finding in self.findings if finding.is_error]
        super().__init__("\n".join(map(str, errors)), errors[0].path if errors else ())
        self.line = errors[0].line if errors else None


class Findings:
    """Collects findings. What is wrong with a whole table says enough of what is in it."""

    def __init__(self) -> None:
        self._found: list[Finding] = []

    def error(self, path: Path, pattern: str, advice: str = "", **values: object) -> None:
        """Note something that cannot be meant; the first at a place or around it counts."""
        if not any(found == path[: len(found)] for found in self._broken()):
            self._found.append(Finding(path, pattern, advice, _words(values)))

    def warn(self, path: Path, pattern: str, advice: str = "", **values: object) -> None:
        """Note something that can hardly be meant."""
        self._found.append(Finding(path, pattern, advice, _words(values), is_error=False))

    def caught(self, path: Path, error: PlanError) -> None:
        """Note an error that was raised."""
        self.error(path, "{words}", words=error)

    def unknown(
        self, path: Path, pattern: str, word: str, known: Collection[str], **values: object
    ) -> None:
        """Note a word that is not known, with the nearest that is, or all there are."""
        close = get_close_matches(word, known, n=1, cutoff=NEAR)
        advice = "Did you mean '{nearest}'?" if close else "Known here: {known}."
        told = {"nearest": "".join(close), "known": ", ".join(sorted(known)), "word": word}
        told |= {name: str(value) for name, value in values.items()}
        self.error(path, pattern, advice if known else "", **told)

    def look_up(
        self, path: Path, pattern: str, word: str, table: Table, **values: object
    ) -> None:
        """Note a word that a table of the plan does not have, unless it could not be read."""
        name, known = table
        if word not in known and not self.is_broken((name, word)):
            self.unknown(path, pattern, word, known, **values)

    def is_broken(self, path: Path) -> bool:
        """Say whether there is an error at a place, in it, or around it."""
        return any(
            found[: len(path)] == path or found == path[: len(found)]
            for found in self._broken()
        )

    @property
    def found(self) -> tuple[Finding, ...]:
        """All of them: errors first, each kind in the order in which it was found."""
        return tuple(sorted(self._found, key=lambda finding: not finding.is_error))

    def _broken(self) -> list[Path]:
        return [finding.path for finding in self._found if finding.is_error]


def located(findings: Iterable[Finding], text: str) -> tuple[Finding, ...]:
    """Return the findings with their lines in the text of the plan, in the text's order."""
    lines = lines_of(text)
    there = [replace(finding, line=line_of(lines, finding.path)) for finding in findings]
    return tuple(sorted(there, key=lambda finding: finding.line or 0))


def _words(values: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in values.items())
