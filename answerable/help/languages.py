"""In which language a page of the help centre is: the one that its address names."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def in_its_language(view: View[P]) -> View[P]:
    """Let a page speak the language of its address, where ours do; else its reader's."""

    @wraps(view)
    def spoken(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        language = str(kwargs["language"])
        with translation.override(spoken_for(language)):
            answer = view(request, *args, **kwargs)
        answer.headers["Content-Language"] = language
        return answer

    return spoken


def spoken_for(language: str) -> str:
    """Return the language of the words around an article in a language."""
    ours = [code for code, _ in settings.LANGUAGES]
    near = language.partition("-")[0]
    known = (code for code in (language, near) if code in ours)
    return next(known, translation.get_language() or settings.LANGUAGE_CODE)


def own_name(language: str) -> str:
    """Return what a language calls itself: “Deutsch”."""
    try:
        name = str(translation.get_language_info(language)["name_local"])
    except KeyError:
        return language
    return name[:1].upper() + name[1:]


def name_here(language: str) -> str:
    """Return what a language is called in the page's: “German”."""
    try:
        info = translation.get_language_info(language)
    except KeyError:
        return language
    return translation.gettext(info["name"])
