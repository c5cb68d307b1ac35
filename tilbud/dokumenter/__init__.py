"""Documents of the register."""
