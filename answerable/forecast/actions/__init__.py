"""Everything that writes forecasts, screens on walls, and what leads suggest."""

from __future__ import annotations

from answerable.forecast.actions.asking import answer_suggestion, suggest
from answerable.forecast.actions.counting import count_arrivals, remember_arrivals
from answerable.forecast.actions.forecasting import keep_forecast, make_forecast, measure
from answerable.forecast.actions.screens import end_screen, make_screen

__all__ = [
    "answer_suggestion",
    "count_arrivals",
    "end_screen",
    "keep_forecast",
    "make_forecast",
    "make_screen",
    "measure",
    "remember_arrivals",
    "suggest",
]
