"""Who was on call as a single name is so still, once names have become rotas."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.routing.on_call import on_call_at

NAME = "_names_on_call_become_rotas"


@pytest.mark.django_db
def test_nobody_is_lost(cast: Cast) -> None:
    loader = MigrationLoader(connection)
    move = next(one for key, one in loader.disk_migrations.items() if key[1].endswith(NAME))
    moves: Any = move.operations[0]
    apps = loader.project_state(move.dependencies[0]).apps
    names = apps.get_model("routing", "OnCall")
    with connection.schema_editor() as editor:
        editor.create_model(names)
        # What rotas have got since.
        editor.execute("ALTER TABLE routing_rota ALTER hours SET DEFAULT '{}'")
        names.objects.create(place="on_call_1", agent_id=cast.ben.pk)
        names.objects.create(place="head_of_support", agent_id=cast.lena.pk)
        moves.code(apps, editor)
        called = {"on_call_1": cast.ben.pk, "on_call_2": None, "head_of_support": cast.lena.pk}
        assert on_call_at(now()) == called
        moves.reverse_code(apps, editor)
        kept = names.objects.values_list("place", "agent_id")
        assert dict(kept) == {place: number for place, number in called.items() if number}
