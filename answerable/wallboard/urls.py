"""The addresses of the wallboard: those of leads, and of screens, which nobody signs in for."""

from __future__ import annotations

from django.urls import path

from answerable.wallboard.views import asking, screens, wall

app_name = "wallboard"
urlpatterns = [
    path("desk/wall/", wall.wall, name="wall"),
    path("desk/wall/tiles/", wall.tiles, name="tiles"),
    path("desk/wall/forecast/", asking.forecast, name="forecast"),
    path("desk/wall/ask/<int:number>/<slug:what>/", asking.ask, name="ask"),
    path("desk/wall/help/<int:number>/", asking.call_in_help, name="help"),
    path("desk/wall/screens/", screens.screens, name="screens"),
    path("desk/wall/screens/<int:number>/end/", screens.end, name="end_screen"),
    path("wall/<str:token>/", screens.screen, name="screen"),
    path("wall/<str:token>/tiles/", screens.screen_tiles, name="screen_tiles"),
    path("wall/<str:token>/stream/", screens.screen_stream, name="screen_stream"),
]
