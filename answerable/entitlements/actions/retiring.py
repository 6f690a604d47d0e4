"""Ends plans: one that was ever sold is retired; one that never was may be deleted."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import ProtectedError

from answerable.entitlements.models import Plan
from answerable.entitlements.queries import accounts_using


class PlanInUse(Exception):
    """A plan is used by so many accounts, or was; the words say what to do."""

    def __init__(self, plan: Plan, accounts: int) -> None:
        self.accounts = accounts
        noun = "account" if accounts == 1 else "accounts"
        super().__init__(
            f"{plan.name} is used by {accounts} {noun}. Move them first."
            if accounts
            else f"{plan.name} was sold, and what it promised stays on record. Retire it."
        )


def retire_plan(plan: Plan, *, at: datetime) -> None:
    """Sell a plan to nobody any more. Whoever has it keeps it."""
    Plan.objects.filter(pk=plan.pk, retired_at=None).update(retired_at=at)


@transaction.atomic
def delete_plan(plan: Plan, *, at: datetime) -> None:
    """Delete a plan that was never sold, with all its versions. Raises PlanInUse."""
    accounts = accounts_using(plan, at)
    if accounts:
        raise PlanInUse(plan, accounts)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL answerable.erasing = 'on'")
    try:
        plan.versions.all().delete()
        plan.delete()
    except ProtectedError as error:
        raise PlanInUse(plan, 0) from error
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL answerable.erasing = ''")
