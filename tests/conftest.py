"""Properties are tried on the same examples every time: green here is green elsewhere. EXPLORE=1 tries new ones."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("seeded", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("explore" if os.environ.get("EXPLORE") == "1" else "seeded")
