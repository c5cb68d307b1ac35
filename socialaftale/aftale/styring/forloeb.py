"""From draft to in force to followed by the next."""

from socialaftale.aftale.styring.enums import Styringstilstand, Styringstrin
from socialaftale.kerne.forloeb import Forloeb, Overgang

STYRINGSAFTALE = Forloeb.af(
    Styringstilstand.UDKAST,
    [
        # A later edition of the one in force is put in force the same way.
        Overgang(
            Styringstrin.SAET_I_KRAFT,
            frozenset({Styringstilstand.UDKAST, Styringstilstand.GAELDENDE}),
            Styringstilstand.GAELDENDE,
        ),
        Overgang(
            Styringstrin.AFLOES,
            frozenset({Styringstilstand.UDKAST, Styringstilstand.GAELDENDE}),
            Styringstilstand.AFLOEST,
        ),
    ],
)
