"""Documents of the agreement."""
