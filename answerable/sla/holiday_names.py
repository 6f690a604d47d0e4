"""Names of holidays as the `holidays` library has them, so that they can be translated.

They are those of Germany, Austria and Switzerland; of others the English name is shown.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop

HOLIDAYS = (
    gettext_noop("All Saints' Day"),
    gettext_noop("Ascension Day"),
    gettext_noop("Assumption Day"),
    gettext_noop("Boxing Day"),
    gettext_noop("Christmas Day"),
    gettext_noop("Christmas Eve"),
    gettext_noop("Corpus Christi"),
    gettext_noop("Easter Monday"),
    gettext_noop("Easter Sunday"),
    gettext_noop("Epiphany"),
    gettext_noop("German Unity Day"),
    gettext_noop("Good Friday"),
    gettext_noop("Immaculate Conception"),
    gettext_noop("Labor Day"),
    gettext_noop("National Day"),
    gettext_noop("New Year's Day"),
    gettext_noop("New Year's Eve"),
    gettext_noop("Pentecost"),
    gettext_noop("Pentecost Monday"),
    gettext_noop("Reformation Day"),
    gettext_noop("Repentance and Prayer Day"),
    gettext_noop("Saint Berchtold's Day"),
    gettext_noop("Saint Joseph's Day"),
    gettext_noop("Saint Stephen's Day"),
    gettext_noop("Second Day of Christmas"),
    gettext_noop("Women's Day"),
    gettext_noop("World Children's Day"),
)
