"""Contents of the PDFs of the tariff app."""
