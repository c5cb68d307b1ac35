"""What other apps add to the pages of the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.registre import Register
from socialaftale.kerne.sager.register import Vindue
from tilbud.models import Tilbud, Ydelse

# (template, context) of a section for the page of one tilbud, or None when there is nothing to show.
Sektion = Callable[[Tilbud, Adgang], tuple[str, dict[str, Any]] | None]

# Sections after the ydelser on /tilbud/<slug>/; fill it from AppConfig.ready(). Each may cost a constant number of
# queries; the template is included with its own context (`only`), and begins with an <h2>.
sektioner: Register[Sektion] = Register()

# The same for the page of one ydelse, after its facts.
Ydelsessektion = Callable[[Ydelse, Adgang], tuple[str, dict[str, Any]] | None]
ydelsessektioner: Register[Ydelsessektion] = Register()

# T4: the window for bringing a tilbud into the agreement or out of it follows the tariff round, so the tariff app
# says when it is open for an operator: (driftsherre, date) → the open or next window, or None when none is planned.
Vinduesregel = Callable[[Organisation, dt.date], Vindue | None]
indmeldingsvinduer: Register[Vinduesregel] = Register()


def indmeldingsvindue(driftsherre: Organisation, dato: dt.date) -> Vindue | None:
    """The first window that any app knows of."""
    return next(filter(None, (regel(driftsherre, dato) for regel in indmeldingsvinduer)), None)
