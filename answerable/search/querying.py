"""What somebody looks for, as a condition of PostgreSQL's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from answerable.search.actions.indexing import CONFIGS
from answerable.search.core.asked import Asked
from answerable.search.core.showing import folded

# The languages whose stems are looked for beside the reader's.
ALWAYS = ("english", "german")
NOTHING = "''::tsquery"


@dataclass(slots=True)
class Condition:
    """A tsquery as SQL with its parameters, which begin with a name of their own."""

    name: str
    parts: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def value(self, value: str) -> str:
        """Keep a value; return how the statement names it."""
        name = f"{self.name}_{len(self.values)}"
        self.values[name] = value
        return f"%({name})s"

    @property
    def sql(self) -> str:
        """All of the parts at once."""
        return " && ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that a ticket's document has to have: words, phrases, and marks."""

    words: Condition
    phrases: Condition
    marks: Condition

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of all of them."""
        return self.words.values | self.phrases.values | self.marks.values

    @property
    def checked(self) -> str:
        """What is asked of each document itself: whether a phrase stands there as a whole."""
        return f"candidate.words @@ ({self.phrases.sql})" if self.phrases.parts else "TRUE"

    @property
    def ranked(self) -> str:
        """What documents are ranked by."""
        return f"({' && '.join([*self.words.parts, *self.phrases.parts]) or NOTHING})"

    def matched(self, parts: str = "") -> str:
        """Return what the index answers; `parts`: in one of these parts of it alone.

        Of a phrase it knows which tickets have every two words of it side by side.
        """
        within = [f"$${parts}$$::tsquery"] if parts else []
        query = " && ".join([*self.words.parts, *self.marks.parts, *within])
        pairs = " || ".join(f"search_pairs(%({name})s)" for name in self.phrases.values)
        asked = [f"document.words @@ ({query})"] if query else []
        asked += [f"document.pairs @> ({pairs})"] if pairs else []
        return " AND ".join(asked) or "TRUE"


def configs_for(language: str) -> tuple[str, ...]:
    """Return whose stems are looked for when somebody reads in a language."""
    theirs = CONFIGS.get(language.partition("-")[0].lower(), "english")
    return tuple(dict.fromkeys([theirs, *ALWAYS]))


def wanted_of(
    asked: Asked,
    language: str,
    near: Mapping[str, Collection[str]],
    begun: Collection[str],
    marks: Condition,
) -> Wanted:
    """Return what a ticket has to have: the words, or what `near` has for one of them, the
    phrases, and marks. The word that is not finished stands for the terms that are `begun` so,
    or for all where there are none."""
    words, phrases = Condition("word"), Condition("phrase")
    configs = configs_for(language)
    for word in asked.words:
        meant = [_meant(words, word, configs)]
        if word == asked.open:
            meant.append(_begun(words, word, begun))
        meant += [_meant(words, other, configs) for other in near.get(word, ())]
        words.parts.append(f"({' || '.join(meant)})")
    for phrase in asked.phrases:
        said = folded(" ".join(phrase))
        phrases.parts.append(f"phraseto_tsquery('simple', {phrases.value(said)})")
        if asked.without:  # Of what is not there alone, an index knows nothing.
            words.parts.append(f"plainto_tsquery('simple', {words.value(said)})")
    for word in asked.without:
        words.parts.append(f"!! {_meant(words, word, configs)}")
    return Wanted(words, phrases, marks)


def mark(made: Condition, marks: Iterable[str]) -> None:
    """Add that a ticket has one of these marks; of none of them it has one never."""
    made.parts.append(_either(made, list(marks) or ["#nobody"]))


def _begun(made: Condition, word: str, begun: Collection[str]) -> str:
    if begun:
        return _either(made, begun)
    return f"to_tsquery('simple', {made.value(folded(word) + ':*')})"


def _either(made: Condition, terms: Collection[str]) -> str:
    """Return the condition that a ticket has one of these terms, exactly as they are."""
    quoted = (each.replace("\\", "\\\\").replace("'", "''") for each in terms)
    either = " | ".join(f"'{each}'" for each in quoted)
    return f"{made.value(either)}::tsquery"


def _meant(made: Condition, word: str, configs: Iterable[str]) -> str:
    plain = folded(word)
    ways = [f"to_tsquery('simple', {made.value(plain)})"]
    ways += [f"plainto_tsquery('{config}', {made.value(plain)})" for config in configs]
    return f"({' || '.join(ways)})"
