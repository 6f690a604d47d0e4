"""A plan's calendars with everything in them, and changes to it."""

from __future__ import annotations

import copy
import tomllib
from typing import Any

from answerable.entitlements.core.calendars import CalendarTerms
from answerable.entitlements.core.findings import PlanRefused
from answerable.entitlements.core.reading import read_calendars
from answerable.entitlements.core.rows import Row

Document = dict[str, Any]

WRITTEN = """
[holidays.bavaria]
country = "DE"
region = "BY"
dates = [{ on = "2026-10-03", name = "German Unity Day" }, { on = "2026-12-24" }]
resolved = { by = "holidays 0.109", since = "2025-01-01", until = "2036-12-31" }

[holidays.ours]
days = [
  { on = "2026-12-24", hours = ["08:00-12:00"], name = "Christmas Eve" },
  { on = "2026-12-28", until = "2026-12-30", name = "Shutdown" },
  { on = "2026-11-28", hours = ["09:00-13:00"], name = "Stock-taking" },
]

[calendars.always]
always = true

[calendars.office]
name = "support hours"
zone = "Europe/Berlin"
mon = ["13:00-17:00", "08:00-12:00"]
fri = ["22:00-06:00", "14:00-20:00"]
open = ["tue-thu 08:00-17:00"]
holidays = ["bavaria", "ours"]

[[calendars.office.from]]
on = "2027-01-01"
open = ["mon-fri 08:00-20:00"]

[calendars.week]
zone = "America/Los_Angeles"
open = ["sun 14:00-fri 17:00"]

[calendars.sun]
union = ["office", "week"]
"""
DOCUMENT = tomllib.loads(WRITTEN)


def read(document: Document) -> dict[str, CalendarTerms]:
    plan = Row("the plan", document)
    calendars = read_calendars(plan)
    plan.end()
    if plan.findings.found:
        raise PlanRefused(plan.findings.found)
    return calendars


def change(*path: str, value: object) -> Document:
    document = copy.deepcopy(DOCUMENT)
    table = document
    for key in path[:-1]:
        table = table[key]
    table[path[-1]] = value
    return document


OFFICE = ("calendars", "office")
OURS = ("holidays", "ours")
