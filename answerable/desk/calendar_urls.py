"""The address under which a calendar follows an agent's shifts, by a token alone."""

from __future__ import annotations

from django.urls import path

from answerable.desk.views import on_call

app_name = "desk_calendar"
urlpatterns = [path("<str:token>/shifts.ics", on_call.calendar, name="shifts")]
