"""Forms of the central reports."""

from socialaftale.kerne.formularer import Formular, TekstomraadeField


class SmaatalForm(Formular):
    """The reason why a small count may be shown."""

    begrundelse = TekstomraadeField(
        label="Begrundelse",
        help_text="Fx at tallet ikke kan føre til enkeltpersoner, fordi gruppen er bredt afgrænset.",
        max_length=500,
    )
