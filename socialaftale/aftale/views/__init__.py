"""Pages of the agreement: `laesning` for all, `redigering` and `udgivelse` for the secretariat."""
