"""Where the made-up product is."""

from __future__ import annotations

from django.urls import path

from answerable.widget.demo import cards, views

app_name = "demo_product"
urlpatterns = [
    path("", views.page, name="product"),
    path("cards/", cards.cards, name="cards"),
    path("token/", views.token, name="token"),
    path("<slug:page>/", views.page, name="page"),
]
