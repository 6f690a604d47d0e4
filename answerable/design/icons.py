"""Our own icons, read once from the one file that holds their drawings."""

from __future__ import annotations

import re
from pathlib import Path

DRAWINGS = Path(__file__).parent / "static" / "design" / "icons.svg"
SYMBOL = re.compile(r'<symbol id="([\w-]+)"[^>]*>(.*?)</symbol>', re.DOTALL)

ICONS: dict[str, str] = dict(SYMBOL.findall(DRAWINGS.read_text(encoding="utf-8")))
