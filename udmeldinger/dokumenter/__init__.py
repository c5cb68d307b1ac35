"""Documents of the central reports."""
