"""Danish date input beyond Django's own list (four-digit years only)."""

DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%d/%m-%Y", "%Y-%m-%d"]
