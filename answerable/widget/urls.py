"""The widget's addresses."""

from __future__ import annotations

from django.urls import path

from answerable.widget.views import session

app_name = "widget"
urlpatterns = [
    path("session/", session.session, name="session"),
]
