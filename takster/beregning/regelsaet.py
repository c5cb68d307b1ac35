"""The limits of one styringsaftale as one value, so that no function carries a limit of its own."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Regler:
    """Limits in force for a tariff year; the defaults are those of Styringsaftale 2021 and our own parameters.

    Percentages are in percent (95 means 95 %), amounts in kroner.
    """

    dage_pr_aar: int = 365
    """T14: the year counts 365 days, also in leap years."""
    belaegning_forventet_min_pct: Decimal = Decimal(95)
    belaegning_anbefalet_max_pct: Decimal = Decimal(98)
    belaegning_max_pct: Decimal = Decimal(100)
    """T17: expected range of ordinary tilbud, its recommended top, and the absolute maximum."""
    belaegning_kort_min_pct: Decimal = Decimal(90)
    """T17: minimum for short stays, acute places and respite."""
    belaegning_decimaler: int = 2
    """Decimals a calculated occupancy is rounded to before it is used (ours)."""
    belaegning_antal_aar: int = 2
    """T18: the number of preceding years in the mean."""
    nyt_tilbud_driftsaar: int = 1
    """T61: the operating years in which the principle for new tilbud may be used."""
    taerskel_takstaendring_pct: Decimal = Decimal(5)
    """T43: a change of this size in the same prices, up or down, needs a remark (ours; the source has no limit)."""
    naesten_intet_pct: Decimal = Decimal(1)
    """A line below this share of last year's figure is taken for a slip of the keyboard (ours)."""
    tolerance_kr: Decimal = Decimal(1)
    """T16: how far a stated total may lie from the sum of the lines."""
    resultatgraense_pct: Decimal = Decimal(5)
    """T22-T27: the share of the takstberegningsgrundlag that separates small results from large ones."""
    hensaettelse_aar: int = 5
    """T24: a surplus that is set aside must be used within this many years after the year it concerns."""
    regulering_senest_aar: int = 2
    """T25, T27: what lies above the limit is in the tariff no later than this many years after the year."""
    pension_pct: Decimal = Decimal(25)
    """T54: the share of wages that may stand for pensions of civil servants."""
    bemaerkning_min_tegn: int = 10
    """Shorter texts do not count as a remark (ours)."""


STANDARDREGLER = Regler()
