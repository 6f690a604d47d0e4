"""The addresses of the status page."""

from __future__ import annotations

from django.urls import path

from answerable.status import views

app_name = "status"
urlpatterns = [
    path("", views.home, name="home"),
    path("feed.atom", views.feed, name="feed"),
    path("<int:number>/", views.one, name="one"),
    path("<int:number>/follow/", views.follow, name="follow"),
    path("mails/<str:token>/", views.mails, name="mails"),
]
