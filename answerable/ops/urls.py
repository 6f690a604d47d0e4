"""Addresses for operators and their monitors."""

from __future__ import annotations

from django.urls import path

from answerable.ops import views

app_name = "ops"
urlpatterns = [
    path("health", views.health, name="health"),
    path("health/ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]
