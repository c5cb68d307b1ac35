"""Kinds of cases about tilbud and ydelser: change of category (T3-T5) and other financing than a tariff (T10)."""
