"""Our own articles about premium support, which every installation may begin with."""

from __future__ import annotations

from pathlib import Path

SHIPPED = Path(__file__).parent / "articles"
