"""The addresses under which articles are written."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "authoring"
urlpatterns: list[URLPattern] = []
