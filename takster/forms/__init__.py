"""The forms of the tariff app."""
