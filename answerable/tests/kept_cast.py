"""The cast as rows that were kept: made once by the real actions, put back by one statement.

Making everybody takes some eighty statements; nearly every test with a database begins so.
"""

from __future__ import annotations

import pickle
from datetime import datetime

from django.db import connection
from django.db.models import Model
from django.utils.timezone import now
from psycopg.sql import SQL, Identifier, Literal

from answerable.accounts.models import Agent, Contact, Customer, User
from answerable.cast import Cast
from answerable.entitlements.models import (
    Adoption,
    Contract,
    Designation,
    Plan,
    PlanText,
    PlanVersion,
    Subscription,
)

KINDS: tuple[type[Model], ...] = (
    *(User, Agent, Customer, Contact),
    *(Plan, PlanVersion, PlanText, Subscription, Contract, Adoption, Designation),
)
PUT_BACK = """
    INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE
    SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, {rows})
"""
_kept: dict[datetime, tuple[bytes, str]] = {}


def cast_at(at: datetime) -> Cast:
    """Return everybody, in this test's database. Nobody shares them with another test."""
    if at not in _kept:
        cast = Cast(at)
        _kept[at] = pickle.dumps(cast), "; ".join(map(_put_back, KINDS))
        return cast
    kept, put_back = _kept[at]
    with connection.cursor() as cursor:
        cursor.execute(put_back)
    cast = pickle.loads(kept)
    assert isinstance(cast, Cast)
    return cast


def lately() -> datetime:
    """Return now, but for the seconds: so tests of a minute share a kept cast."""
    return now().replace(second=0, microsecond=0)


def _put_back(kind: type[Model]) -> str:
    """Return the statement that puts the rows of a kind back which are there now."""
    table = Identifier(kind._meta.db_table)
    columns = SQL(", ").join(
        Identifier(str(field.column)) for field in kind._meta.concrete_fields
    )
    with connection.cursor() as cursor:
        cursor.execute(SQL("SELECT jsonb_agg(kept)::text FROM {} AS kept").format(table))
        (rows,) = cursor.fetchone() or ("[]",)
        order = SQL(PUT_BACK).format(table=table, columns=columns, rows=Literal(rows or "[]"))
        return order.as_string(cursor.cursor)
