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


def configs_for(language: str) -> tuple[str, ...]:
    """Return whose stems are looked for when somebody reads in a language."""
    theirs = CONFIGS.get(language.partition("-")[0].lower(), "english")
    return tuple(dict.fromkeys([theirs, *ALWAYS]))


def words_condition(
    asked: Asked, language: str, near: Mapping[str, Collection[str]]
) -> Condition:
    """Return the condition that a ticket has the words, or what `near` has for one of them."""
    made, configs = Condition("word"), configs_for(language)
    for word in asked.words:
        meant = [_meant(made, word, configs, is_open=word == asked.open)]
        meant += [_meant(made, other, configs) for other in near.get(word, ())]
        made.parts.append(f"({' || '.join(meant)})")
    for phrase in asked.phrases:
        words = made.value(folded(" ".join(phrase)))
        made.parts.append(f"phraseto_tsquery('simple', {words})")
    for word in asked.without:
        made.parts.append(f"!! {_meant(made, word, configs)}")
    return made


def mark(made: Condition, marks: Iterable[str]) -> None:
    """Add that a ticket has one of these marks; of none of them it has one never."""
    either = " | ".join(f"'{each}'" for each in marks) or "'#nobody'"
    made.parts.append(f"{made.value(either)}::tsquery")


def _meant(made: Condition, word: str, configs: Iterable[str], *, is_open: bool = False) -> str:
    plain = folded(word)
    ways = [f"to_tsquery('simple', {made.value(plain + ':*' if is_open else plain)})"]
    ways += [f"plainto_tsquery('{config}', {made.value(plain)})" for config in configs]
    return f"({' || '.join(ways)})"
