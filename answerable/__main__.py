"""`python -m answerable` is the command line."""

from __future__ import annotations

import sys

from answerable.cli.main import main

sys.exit(main())
