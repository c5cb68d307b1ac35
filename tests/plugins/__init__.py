"""pytest plugins of the suite; `tests/conftest.py` loads them."""
