"""Roles, hats and kinds that the whole product shares."""

from django.db import models


class Organisationstype(models.TextChoices):
    KOMMUNE = "kommune", "Kommune"
    REGION = "region", "Region"
    SEKRETARIAT = "sekretariat", "Sekretariat"
    PRIVAT = "privat", "Privat driftsherre"
    SELVEJENDE = "selvejende", "Selvejende driftsherre"
    STYRELSE = "styrelse", "Statslig myndighed"
    TILSYN = "tilsyn", "Socialtilsyn"
    ANDEN = "anden", "Anden organisation"


class Rolle(models.TextChoices):
    """Roles of actors-and-roles.md section 2; the public needs no membership."""

    SEKRETARIAT_ADMIN = "sekretariat_admin", "Sekretariat, administrator"
    SEKRETARIAT = "sekretariat", "Sekretariat"
    DRIFTSHERRE_INDBERETTER = "driftsherre_indberetter", "Indberetter for driftsherre"
    DRIFTSHERRE_GODKENDER = "driftsherre_godkender", "Godkender for driftsherre"
    KOMMUNE_MYNDIGHED = "kommune_myndighed", "Myndighed"
    KOMMUNE_GODKENDER = "kommune_godkender", "Godkender for myndighed"
    DAS_MEDLEM = "das_medlem", "Medlem af DAS"
    FU_MEDLEM = "fu_medlem", "Medlem af forretningsudvalget"
    KKR_LAESER = "kkr_laeser", "Læser i KKR eller kommunaldirektørkredsen"
    UDVIKLINGSGRUPPE = "udviklingsgruppe", "Udviklingsstrategigruppen"
    EKSPERTPANEL = "ekspertpanel", "Ekspertpanelet"
    TAKSTGRUPPE = "takstgruppe", "Takstgruppen"
    TILSYN_LAESER = "tilsyn_laeser", "Socialtilsyn"
    PRIVAT_DRIFTSHERRE = "privat_driftsherre", "Privat driftsherre"
    EKSTERN_REGION = "ekstern_region", "Sekretariat i en anden region"
    REVISOR = "revisor", "Revisor"


class Hat(models.TextChoices):
    """What a person acts as; one organisation can have several hats, and data are kept apart between them."""

    SEKRETARIAT = "sekretariat", "Sekretariat"
    DRIFTSHERRE = "driftsherre", "Driftsherre"
    MYNDIGHED = "myndighed", "Myndighed"
    UDVALG = "udvalg", "Udvalg og grupper"
    TILSYN = "tilsyn", "Socialtilsyn"
    EKSTERN = "ekstern", "Ekstern"
    REVISION = "revision", "Revision"


ROLLENS_HAT: dict[Rolle, Hat] = {
    Rolle.SEKRETARIAT_ADMIN: Hat.SEKRETARIAT,
    Rolle.SEKRETARIAT: Hat.SEKRETARIAT,
    Rolle.DRIFTSHERRE_INDBERETTER: Hat.DRIFTSHERRE,
    Rolle.DRIFTSHERRE_GODKENDER: Hat.DRIFTSHERRE,
    Rolle.PRIVAT_DRIFTSHERRE: Hat.DRIFTSHERRE,
    Rolle.KOMMUNE_MYNDIGHED: Hat.MYNDIGHED,
    Rolle.KOMMUNE_GODKENDER: Hat.MYNDIGHED,
    Rolle.DAS_MEDLEM: Hat.UDVALG,
    Rolle.FU_MEDLEM: Hat.UDVALG,
    Rolle.KKR_LAESER: Hat.UDVALG,
    Rolle.UDVIKLINGSGRUPPE: Hat.UDVALG,
    Rolle.EKSPERTPANEL: Hat.UDVALG,
    Rolle.TAKSTGRUPPE: Hat.UDVALG,
    Rolle.TILSYN_LAESER: Hat.TILSYN,
    Rolle.EKSTERN_REGION: Hat.EKSTERN,
    Rolle.REVISOR: Hat.REVISION,
}

# Organisation types in which a role makes sense; an invitation outside this is an error, not a surprise.
ROLLENS_ORGANISATIONSTYPER: dict[Rolle, frozenset[Organisationstype]] = {
    Rolle.SEKRETARIAT_ADMIN: frozenset({Organisationstype.SEKRETARIAT}),
    Rolle.SEKRETARIAT: frozenset({Organisationstype.SEKRETARIAT}),
    Rolle.DRIFTSHERRE_INDBERETTER: frozenset(
        {Organisationstype.KOMMUNE, Organisationstype.REGION, Organisationstype.SELVEJENDE}
    ),
    Rolle.DRIFTSHERRE_GODKENDER: frozenset(
        {Organisationstype.KOMMUNE, Organisationstype.REGION, Organisationstype.SELVEJENDE}
    ),
    Rolle.PRIVAT_DRIFTSHERRE: frozenset({Organisationstype.PRIVAT, Organisationstype.SELVEJENDE}),
    Rolle.KOMMUNE_MYNDIGHED: frozenset({Organisationstype.KOMMUNE}),
    Rolle.KOMMUNE_GODKENDER: frozenset({Organisationstype.KOMMUNE}),
    Rolle.TILSYN_LAESER: frozenset({Organisationstype.TILSYN}),
}

# Roles that must have a second factor before they open anything (production).
TOTP_ROLLER = frozenset({Rolle.SEKRETARIAT_ADMIN, Rolle.SEKRETARIAT})


class Dokumentsynlighed(models.TextChoices):
    OFFENTLIG = "offentlig", "Offentlig"
    INDLOGGEDE = "indloggede", "Alle, der er logget på"
    ORGANISATION = "organisation", "Organisationen og sekretariatet"
    SEKRETARIAT = "sekretariat", "Kun sekretariatet"


class Jobtilstand(models.TextChoices):
    VENTER = "venter", "Venter"
    KOERER = "koerer", "I gang"
    FAERDIG = "faerdig", "Færdig"
    FEJLET = "fejlet", "Fejlet"
