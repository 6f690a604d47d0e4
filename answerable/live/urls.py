"""Where pages listen."""

from __future__ import annotations

from django.urls import path

from answerable.live import views

app_name = "live"
urlpatterns = [path("", views.stream, name="stream")]
