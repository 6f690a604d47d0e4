"""What a page tells of its layout: widths within reason, and known folds."""

from __future__ import annotations

from django import forms

from answerable.desk.queries.layout import FOLDS, NARROWEST, WIDEST


class LayoutForm(forms.Form):
    """The widths of two panes in pixels, empty for the usual ones, and what is folded."""

    list = forms.IntegerField(required=False, min_value=NARROWEST, max_value=WIDEST)
    side = forms.IntegerField(required=False, min_value=NARROWEST, max_value=WIDEST)
    folded = forms.MultipleChoiceField(required=False, choices=[(fold, fold) for fold in FOLDS])
