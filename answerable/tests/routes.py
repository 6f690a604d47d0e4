"""Every address of the house: which are pages, who looks at them, and which are none.

The list is routes.toml; what it says is compared with the resolver by test_routes.py.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

LIST = Path(__file__).parent / "routes.toml"
LOOKS = {"GET", "HEAD"}
View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Face:
    """The pages that one person looks at, as the resolver has their addresses."""

    name: str
    who: str
    routes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RouteList:
    """What routes.toml says."""

    faces: tuple[Face, ...]
    others: Mapping[str, str]
    fill: Mapping[str, str]
    asks: Mapping[str, str]

    @property
    def pages(self) -> set[str]:
        """Every address that is a page."""
        return {route for face in self.faces for route in face.routes}

    def address(self, route: str, values: Mapping[str, object]) -> str:
        """Return the address of a page, with these values in the places of its parts."""
        path = route
        for part in sorted(self.fill, key=len, reverse=True):
            if route.startswith(part):
                path = _with_value(path, part, str(values[self.fill[part]]))
        asks = self.asks.get(route, "").format(**values)
        return f"/{path}?{asks}" if asks else f"/{path}"


def route_list() -> RouteList:
    """Return the list of every address."""
    told = tomllib.loads(LIST.read_text())
    faces = tuple(
        Face(name, face["who"], tuple(face["routes"])) for name, face in told["pages"].items()
    )
    others = {route: why for why, routes in told["others"].items() for route in routes}
    return RouteList(faces, others, told["fill"], told["asks"])


def routes() -> dict[str, View]:
    """Return every address of the resolver, with its view."""
    return dict(_routes(get_resolver()))


def is_looked_at(view: View) -> bool:
    """Say whether a view answers to whoever only looks, as far as its decorators say."""
    methods = _methods(view)
    return methods is None or bool(LOOKS & methods)


def _routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, View]]:
    # Of two that are the same the first answers, so the others are told first.
    for one in reversed(resolver.url_patterns):
        path = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield path, one.callback
        else:
            yield from _routes(one, path)


def _methods(view: Any) -> set[str] | None:
    """Return what a view's decorator lets through; None where there is none."""
    while view is not None:
        names = getattr(getattr(view, "__code__", None), "co_freevars", ())
        if "request_method_list" in names:
            cell = view.__closure__[names.index("request_method_list")]
            return set(cell.cell_contents)
        view = getattr(view, "__wrapped__", None)
    return None


def _with_value(path: str, part: str, value: str) -> str:
    """Put a value in the place of the last gap of a part of an address."""
    begin, end = part.rindex("<"), part.rindex(">") + 1
    return path[:begin] + value + path[end:] if path.startswith(part) else path
