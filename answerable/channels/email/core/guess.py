"""Which charset are bytes in that name none, or a wrong one? Pure.

It is told by how high bytes stand. In Western texts they stand alone between plain letters; in
Cyrillic ones whole words are of them; in East Asian ones they come in pairs.
"""

from __future__ import annotations

import re

RUN = re.compile(rb"[\x80-\xff]+")
SHIFT_JIS = re.compile(rb"(?:[\x81-\x9f\xe0-\xea][\x40-\x7e\x80-\xfc]|[\xa1-\xdf\x00-\x7f])+")
KANA = re.compile(rb"[\x82\x83][\x40-\xf1]")
TOUCHED = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]")
SAMPLE = 8000
FEW, FEWEST = 8, 6  # high bytes that say too little: beside plain letters, and alone
PAIRED = 3.5  # the mean length from which runs of high bytes are words, not single letters


def guessed(raw: bytes) -> str:
    """Return the codec's name that bytes which are no UTF-8 are most likely in."""
    raw = raw[:SAMPLE]
    fits = SHIFT_JIS.match(raw)
    if fits and fits.end() >= len(raw) - 1 and KANA.search(raw) and _is_japanese(raw):
        return "cp932"
    runs = RUN.findall(raw)
    letters = b"".join(runs)
    few = len(letters) < (FEW if TOUCHED.search(raw) else FEWEST)
    if few or len(letters) / len(runs) < PAIRED:
        return "cp1252"
    if all(len(run) % 2 == 0 for run in runs[:-1]) and min(letters) >= 0x81:
        return _paired(letters)
    return _cyrillic(letters)


def _is_japanese(raw: bytes) -> bool:
    high = [byte for byte in raw if byte >= 0x80]
    return sum(0x81 <= byte <= 0x9F for byte in high) * 4 >= len(high)


def _paired(letters: bytes) -> str:
    leads = letters[::2]
    if sum(lead in {0xA4, 0xA5} for lead in leads) * 3 > len(leads):
        return "euc_jis_2004"
    if sum(0xB0 <= lead <= 0xC8 for lead in leads) * 20 > len(leads) * 19 and len(leads) > 8:
        return "cp949"
    return "gb18030"


def _cyrillic(letters: bytes) -> str:
    small = sum(byte >= 0xE0 for byte in letters)
    koi = sum(0xC0 <= byte <= 0xDF for byte in letters)
    if max(small, koi) * 3 < len(letters):
        return "cp1252"
    return "cp1251" if small >= koi else "koi8-r"
