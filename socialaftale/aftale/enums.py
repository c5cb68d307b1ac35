"""States and kinds of the agreement."""

from django.db import models


class Aftaletilstand(models.TextChoices):
    """Where an agreement is: written, heard, before each body in turn, approved, in force, replaced."""

    UDKAST = "udkast", "Udkast"
    HOERING = "hoering", "I høring"
    DAS = "das", "Til DAS"
    KKR = "kkr", "Til KKR"
    GODKENDELSE = "godkendelse", "Til politisk godkendelse"
    GODKENDT = "godkendt", "Godkendt"
    GAELDENDE = "gaeldende", "Gældende"
    AFLOEST = "afloest", "Afløst"


# A draft in the narrow sense: editions made of it are marked as drafts.
UDKAST = (Aftaletilstand.UDKAST, Aftaletilstand.HOERING)
# The text is worked on and commented; from political approval on it stands fast until a new edition is begun.
UNDER_ARBEJDE = (*UDKAST, Aftaletilstand.DAS, Aftaletilstand.KKR)
# All parties have adopted it.
VEDTAGNE = (Aftaletilstand.GODKENDT, Aftaletilstand.GAELDENDE, Aftaletilstand.AFLOEST)


class Aftaletrin(models.TextChoices):
    SEND_I_HOERING = "send-i-hoering", "Send i høring"
    LUK_HOERING = "luk-hoering", "Luk høringen"
    SEND_TIL_DAS = "send-til-das", "Send til DAS"
    SEND_TIL_KKR = "send-til-kkr", "Send til KKR"
    SEND_TIL_GODKENDELSE = "send-til-godkendelse", "Send til politisk godkendelse"
    GODKEND = "godkend", "Registrér som godkendt"
    TRAED_I_KRAFT = "traed-i-kraft", "Trådt i kraft"
    AFLOES = "afloes", "Afløst"
    TILBAGE = "tilbage", "Send tilbage til udkast"
    # These two change the text under way, not the state of the agreement.
    BEGYND_UDGAVE = "begynd-udgave", "Begynd en ny udgave"
    FREMLAEG_UDGAVE = "fremlaeg-udgave", "Læg den nye udgave frem"
    FORTRYD_UDGAVE = "fortryd-udgave", "Fortryd den nye udgave"


class Initiativslags(models.TextChoices):
    INITIATIV = "initiativ", "Initiativ"
    LABORATORIUM = "laboratorium", "Laboratorium"
