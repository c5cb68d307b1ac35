"""Pages of the tariff app."""
