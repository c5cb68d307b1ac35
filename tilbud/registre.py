"""What other apps add to the pages of the register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.registre import Register
from tilbud.models import Tilbud

# (template, context) of a section for the page of one tilbud, or None when there is nothing to show.
Sektion = Callable[[Tilbud, Adgang], tuple[str, dict[str, Any]] | None]

# Sections after the ydelser on /tilbud/<slug>/; fill it from AppConfig.ready(). Each may cost a constant number of
# queries; the template is included with its own context (`only`), and begins with an <h2>.
sektioner: Register[Sektion] = Register()
