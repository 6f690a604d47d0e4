"""Markdown in the parts that are translated, and put together again from what came back. Pure.

Code, rules of tables, marks of callouts, `{promise table}` and links stay as they are. A
paragraph is one part, whatever lines it was written on, so that it is translated as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from answerable.knowledge.core.marks import Marked, by_runs, marked

FENCE = re.compile(r"^\s{0,3}(?:>\s?)*\s{0,3}(`{3,}|~{3,})")
PREFIX = re.compile(
    r"(?:\s*(?:>|[-*+](?=\s)|\d{1,9}[.)](?=\s)|#{1,6}(?=\s)|\[[ xX]\](?=\s)))*\s*"
)
QUOTE = re.compile(r"^\s*(?:>\s?)*")
NEW_BLOCK = re.compile(r"\s*(?:[-*+]\s|\d{1,9}[.)]\s|#{1,6}\s|\||\[[^\]]+\]:|<|\[!|\{|$)")
KEPT = re.compile(
    r"\[![A-Za-z]+\]\s*$|\[[^\]\n]+\]:\s|\{[^{}]*\}\s*$|<[/!A-Za-z][^>]*>\s*$|:::|([-*_=]\s*){3,}$"
)
TABLE_RULE = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
CELLS = re.compile(r"(?<!\\)\|")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\s<])")

# Takes marked words; returns them in the other language, in the same order.
Translate = Callable[[Sequence[str]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text: what stays as it is, and after it a line to be translated, if any."""

    stays: str
    line: str = ""
    after: str = ""


def parts_of(text: str) -> list[Part]:
    """Return the parts of a text. Put together as they are, they are the text.

    The lines of a paragraph are joined by spaces, which Markdown reads as the same.
    """
    return list(_parts(text.split("\n")))


def translated(
    texts: Sequence[str], translate: Translate, *, kept: Sequence[str] = (), most: int = 1800
) -> list[str]:
    """Return Markdown texts in another language.

    Each is taken apart; what has words goes through `translate`, in pieces of at most `most`
    characters where there is a sentence's end to cut at. A line whose marks did not come back
    as they went is translated once more, run by run, so that nothing of it gets lost.
    """
    all_parts = [parts_of(text) for text in texts]
    lines = [part.line for parts in all_parts for part in parts if part.line]
    said = dict(zip(lines, _lines(lines, translate, kept, most), strict=True))
    return ["".join(_joined(parts, said)) for parts in all_parts]


def _joined(parts: list[Part], said: dict[str, str]) -> Iterator[str]:
    for part in parts:
        yield part.stays + (said[part.line] if part.line else "") + part.after


def _lines(
    lines: list[str], translate: Translate, kept: Sequence[str], most: int
) -> Iterator[str]:
    pieces = [[marked(piece, kept) for piece in _pieces(line, most)] for line in lines]
    asked = [piece for of_line in pieces for piece in of_line if piece.has_words]
    answers = dict(zip(map(id, asked), _asked(asked, translate), strict=True))
    for of_line in pieces:
        yield " ".join(
            answers[id(piece)] if piece.has_words else piece.restored(piece.words) or ""
            for piece in of_line
        )


def _asked(asked: list[Marked], translate: Translate) -> Iterator[str]:
    answers = translate([piece.words for piece in asked]) if asked else []
    restored = [piece.restored(answer) for piece, answer in zip(asked, answers, strict=True)]
    broken = [piece for piece, whole in zip(asked, restored, strict=True) if whole is None]
    again = iter(_run_by_run(broken, translate))
    for whole in restored:
        yield next(again) if whole is None else whole


def _run_by_run(broken: list[Marked], translate: Translate) -> list[str]:
    """Translate what stands between the marks alone: they stay where they are."""
    cut = [by_runs(piece.words) for piece in broken]
    runs = [run for one in cut for run in one[::2] if run.strip()]
    answers = iter(translate(runs) if runs else [])
    whole = []
    for piece, one in zip(broken, cut, strict=True):
        for at in range(0, len(one), 2):
            if one[at].strip():
                one[at] = _spaced(one[at], _without_marks(next(answers)))
        restored = piece.restored("".join(one))
        whole.append(restored if restored is not None else piece.words)
    return whole


def _without_marks(words: str) -> str:
    return re.sub(r"<[^<>]*>", "", words)


def _spaced(before: str, after: str) -> str:
    """Return words with the spaces around them that the words before had."""
    head = before[: len(before) - len(before.lstrip())]
    tail = before[len(before.rstrip()) :]
    return head + after.strip() + tail


def _pieces(line: str, most: int) -> list[str]:
    """Return a line in pieces, cut between sentences; one longer than `most` stays whole."""
    if len(line) <= most:
        return [line]
    pieces = [""]
    for sentence in SENTENCE.split(line):
        joined = f"{pieces[-1]} {sentence}" if pieces[-1] else sentence
        if len(joined) > most and pieces[-1]:
            pieces.append(sentence)
        else:
            pieces[-1] = joined
    return pieces


def _parts(lines: list[str]) -> Iterator[Part]:
    at, last = 0, len(lines)
    while at < last:
        end = _end_of_code(lines, at)
        newline = "\n" if end < last else ""
        if end > at:
            yield Part("\n".join(lines[at:end]) + newline)
            at = end
            continue
        end = _end_of_paragraph(lines, at)
        newline = "\n" if end < last else ""
        yield from _block(lines[at:end], newline)
        at = end


def _end_of_code(lines: list[str], at: int) -> int:
    """Return where the code ends that begins at a line; the line itself where none does."""
    found = FENCE.match(lines[at])
    if found is None:
        is_indented = lines[at].startswith(("    ", "\t")) and (at == 0 or not lines[at - 1])
        return at + 1 if is_indented and not PREFIX.match(lines[at].lstrip()).group() else at  # type: ignore[union-attr]  # It matches nothing, too.
    for end in range(at + 1, len(lines)):
        closing = FENCE.match(lines[end])
        if closing and closing[1].startswith(found[1]):
            return end + 1
    return len(lines)


def _end_of_paragraph(lines: list[str], at: int) -> int:
    """Return where the paragraph ends that begins at a line."""
    end = at + 1
    if not _has_words(lines[at]) or lines[at].lstrip(" >").startswith(("#", "|")):
        return end
    depth = _depth(lines[at])
    while end < len(lines) and not _is_broken(lines[end - 1]):
        inner = QUOTE.sub("", lines[end], count=1)
        if NEW_BLOCK.match(inner) or _depth(lines[end]) != depth or FENCE.match(lines[end]):
            break
        if KEPT.match(inner.strip()):
            break
        end += 1
    return end


def _block(lines: list[str], newline: str) -> Iterator[Part]:
    first = lines[0]
    prefix = PREFIX.match(first).group()  # type: ignore[union-attr]  # It matches nothing, too.
    rest = first[len(prefix) :]
    if not _has_words(first):
        yield Part(first + newline)
    elif rest.startswith("|"):
        yield from _row(prefix, rest, newline)
    else:
        others = [QUOTE.sub("", line, count=1).strip() for line in lines[1:]]
        whole = " ".join([rest.strip(), *others])
        tail = "  " if lines[-1].endswith("  ") else ""
        if whole.endswith("\\"):
            whole, tail = whole[:-1].rstrip(), "\\"
        yield Part(prefix, whole, tail + newline)


def _row(prefix: str, row: str, newline: str) -> Iterator[Part]:
    """Yield the cells of a table's row, each with what stands before it."""
    yield Part(prefix)
    cells = CELLS.split(row)
    for number, cell in enumerate(cells):
        before = "|" if number else ""
        bare = cell.strip()
        head = cell[: len(cell) - len(cell.lstrip())]
        tail = cell[len(cell.rstrip()) :] if bare else ""
        yield Part(before + head, bare, tail)
    yield Part(newline)


def _has_words(line: str) -> bool:
    prefix = PREFIX.match(line).group()  # type: ignore[union-attr]  # It matches nothing, too.
    rest = line[len(prefix) :].strip()
    return bool(rest) and not KEPT.match(rest) and not TABLE_RULE.match(rest)


def _depth(line: str) -> int:
    found = QUOTE.match(line)
    return found.group().count(">") if found else 0


def _is_broken(line: str) -> bool:
    """Say whether a line ends with a break that is meant."""
    return line.endswith(("  ", "\\"))
