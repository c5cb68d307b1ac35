"""Patterns looked up in blocks of text, each remembered: between two looks at the gate most blocks are the same.

What is remembered depends on the pattern and the words alone, so it is never out of date: a changed block is read
anew.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Some thirty patterns over the blocks of a few agreements.
HUSKES = 32_768


@lru_cache(maxsize=HUSKES)
def alle_traef(moenster: re.Pattern[str], tekst: str) -> tuple[re.Match[str], ...]:
    """All matches, in order."""
    return tuple(moenster.finditer(tekst))
