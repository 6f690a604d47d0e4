"""The address of the pattern page."""

from __future__ import annotations

from django.urls import path

from answerable.design import views

app_name = "design"
urlpatterns = [path("", views.patterns, name="patterns")]
