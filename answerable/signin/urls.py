"""Where people come in."""

from __future__ import annotations

from django.urls import path

from answerable.signin.views import agents, codes, demo, home, links, mails, start

app_name = "signin"
urlpatterns = [
    path("", home.home, name="home"),
    path("start/", start.first_administrator, name="start"),
    path("demo/sign-in/", demo.sign_in, name="demo"),
    path("language/", home.language, name="language"),
    path("sign-in/", links.choose, name="choose"),
    path("sign-in/code/", codes.code, name="code"),
    path("sign-in/sent/", links.sent, name="sent"),
    path("sign-in/link/<str:token>/", links.use, name="link"),
    path("sign-in/second-factor/", agents.second_factor, name="second_factor"),
    # An agent's address is changed by an administrator; allauth's page for it is closed.
    path("sign-in/agent/email/", agents.no_such_page),
    path("mails/<str:token>/", mails.mails, name="mails"),
    path("sign-out/", agents.sign_out, name="out"),
]
