"""The addresses that the telephone provider calls."""

from __future__ import annotations

from django.urls import path

from answerable.telephone.views import callers, legs, notices, texts

app_name = "telephone"
urlpatterns = [
    path("calls/", callers.arrived, name="arrived"),
    path("calls/status/", callers.status, name="caller_status"),
    path("texts/", texts.arrived, name="texted"),
    path("notices/<str:key>/answered/", notices.answered, name="notice_answered"),
    path("notices/<str:key>/pressed/", notices.pressed, name="notice_pressed"),
    path("notices/<str:key>/status/", notices.status, name="notice_status"),
    path("legs/<str:key>/code/", callers.code, name="code"),
    path("legs/<str:key>/about/<int:number>/", callers.about, name="about"),
    path("legs/<str:key>/answered/", legs.answered, name="answered"),
    path("legs/<str:key>/pressed/", legs.pressed, name="pressed"),
    path("legs/<str:key>/waiting/", legs.waiting, name="waiting"),
    path("legs/<str:key>/status/", legs.status, name="status"),
    path("legs/<str:key>/machine/", legs.machine, name="machine"),
    path("legs/<str:key>/joined/", legs.conference, name="joined"),
    path("legs/<str:key>/left/", legs.left, name="left"),
    path("legs/<str:key>/message/", legs.message, name="message"),
    path("legs/<str:key>/next/", legs.who_comes, name="who_comes"),
    path("legs/<str:key>/keys/<str:keys>/", legs.keys, name="keys"),
    path("legs/<str:key>/recorded/", legs.recorded, name="recorded"),
    path("legs/<str:key>/late/", callers.late, name="late"),
    path("legs/<str:key>/call-me/", callers.call_me, name="call_me"),
]
