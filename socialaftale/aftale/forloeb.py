"""From draft to published agreement."""

from socialaftale.aftale.enums import Aftaletilstand, Aftaletrin
from socialaftale.kerne.forloeb import Forloeb, Overgang

AFTALE = Forloeb.af(
    Aftaletilstand.UDKAST,
    [
        Overgang(Aftaletrin.VEDTAG, frozenset({Aftaletilstand.UDKAST}), Aftaletilstand.VEDTAGET),
        # A later edition of a published agreement is published the same way.
        Overgang(
            Aftaletrin.OFFENTLIGGOER,
            frozenset({Aftaletilstand.VEDTAGET, Aftaletilstand.OFFENTLIGGJORT}),
            Aftaletilstand.OFFENTLIGGJORT,
        ),
    ],
)
