"""Kinds of cases about tariffs: change of places (T67) and of tariff (T68) during the year."""
