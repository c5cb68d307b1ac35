"""Rules for passwords: Django's, in words that say what to do."""

from __future__ import annotations

from django.contrib.auth import password_validation as regler


class Laengde(regler.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Adgangskoden skal fylde mindst {self.min_length} tegn"


class IkkeEnSelv(regler.UserAttributeSimilarityValidator):
    """Compares with the names of our own fields; Django's default ones do not exist here."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("navn", "email"))

    def get_error_message(self) -> str:
        return "Adgangskoden ligner dit navn eller din e-mailadresse. Vælg en, der ikke gør"


class IkkeKendt(regler.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Adgangskoden er en af dem, mange bruger. Vælg en anden"


class IkkeKunTal(regler.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return "Adgangskoden må ikke kun være tal"
