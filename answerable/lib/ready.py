"""Queries that are worked out once, and from then on only asked.

Django turns a query into SQL each time, and PostgreSQL the SQL into a plan. For a query that
fetches a few rows by their keys, each takes several times as long as to fetch them. What each
line of a chat asks is therefore kept ready: as SQL in the process, as a plan in the connection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)
Row = Sequence[Any]
_related_of: Callable[..., list[Any]] = get_related_populators


class Given(Expression):
    """Stands in a query for a value that whoever asks it names."""

    sql = "%s"

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, *_: Any, **__: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Return itself in the place of its value."""
        return self.sql, [self]


class GivenNumbers(Given):
    """Stands behind `__in` for any number of keys."""

    sql = "SELECT unnest(%s::bigint[])"


class Planned(psycopg.Cursor[Any]):
    """A cursor whose statements are planned once in each connection.

    After a rollback psycopg forgets its plans, so one that a migration made useless fails once.
    """

    def execute(self, query: Any, params: Any = None, **how: Any) -> Planned:
        """Ask, by the plan that is there, or else make it."""
        super().execute(query, params, **how | {"prepare": True})
        return self


def run(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement by its plan, on Django's connection; return its rows.

    Values stand in it as %(name)s. Raises what Django raises.
    """
    connection.ensure_connection()
    bare: Any = Planned(connection.connection)
    # Django's wrapper counts it in tests, and raises Django's errors.
    wrapped = (
        connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    )
    with wrapped(bare) as cursor:
        cursor.execute(statement, values)
        # Not its description, which takes longer to make than the rows.
        return cursor.fetchall() if bare.rownumber is not None else []


@dataclass(frozen=True, slots=True)
class WorkedOut(Generic[M]):
    """A query as SQL, and how its rows become objects."""

    statement: str
    is_locking: bool
    model: type[M]
    columns: slice
    names: list[str]
    related: list[Any]
    conversions: list[tuple[int, list[Callable[..., Any]], Any]]

    def objects(self, rows: Sequence[Row]) -> Iterator[M]:
        """Yield the objects of rows, as a QuerySet would."""
        for row in rows:
            values = list(row)
            for place, steps, column in self.conversions:
                for step in steps:
                    values[place] = step(values[place], column, connection)
            found = self.model.from_db(DEFAULT_DB_ALIAS, self.names, values[self.columns])
            for other in self.related:
                other.populate(values, found)
            yield found


class Ready(Generic[M]):
    """A query with values to be named, which is worked out when it is first asked.

    `make` returns it with `Given` in the place of values. It may select related objects, leave
    columns out, order, limit and lock; not annotate.
    """

    def __init__(self, make: Callable[[], QuerySet[M]]) -> None:
        self._make = make
        self._known: WorkedOut[M] | None = None

    def all(self, **values: Any) -> list[M]:
        """Return what is found for these values."""
        known = self._known = self._known or worked_out(self._make())
        if known.is_locking and connection.get_autocommit():
            raise TransactionManagementError("Rows are locked in a transaction only.")
        return list(known.objects(run(known.statement, values)))

    def first(self, **values: Any) -> M | None:
        """Return the first of what is found, or None."""
        return next(iter(self.all(**values)), None)


def worked_out(query: QuerySet[M]) -> WorkedOut[M]:
    """Return a query as SQL."""
    compiler = query.query.get_compiler(using=DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    about: Any = compiler.klass_info
    places = about["select_fields"]
    columns = slice(places[0], places[-1] + 1)
    return WorkedOut(
        statement=_with_names(sql, params),
        is_locking=query.query.select_for_update,
        model=about["model"],
        columns=columns,
        names=[column.target.attname for column, *_ in compiler.select[columns]],
        related=_related_of(about, compiler.select, DEFAULT_DB_ALIAS),
        conversions=_conversions(compiler),
    )


def _with_names(sql: str, params: Sequence[Any]) -> str:
    """Return SQL with %(name)s for what is given, and all other values written out.

    So PostgreSQL knows them when it plans, and sees which partial index serves.
    """
    names = {f"\0{one.name}\0": one.name for one in params if isinstance(one, Given)}
    marks = (f"\0{one.name}\0" if isinstance(one, Given) else _literal(one) for one in params)
    said = (sql % tuple(marks)).replace("%", "%%")
    for mark, name in names.items():
        said = said.replace(mark, f"%({name})s")
    return said


def _literal(value: Any) -> str:
    return str(connection.ops.compose_sql("%s", [value]))  # type: ignore[attr-defined]


def _conversions(compiler: SQLCompiler) -> list[tuple[int, list[Callable[..., Any]], Any]]:
    columns = [column for column, *_ in compiler.select]
    found = compiler.get_converters(columns)
    return [(place, steps, column) for place, (steps, column) in found.items()]
