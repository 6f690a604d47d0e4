"""Addresses that are capabilities: who has one may read what it is for, for some minutes."""

from __future__ import annotations

from django.urls import path

from answerable.apart import views

app_name = "apart"
urlpatterns = [
    path("<str:token>/", views.given, name="given"),
    path("<str:token>/<str:name>", views.given, name="named"),
]
