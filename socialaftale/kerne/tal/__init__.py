"""The catalogue of live figures: apps register functions, texts refer to their keys."""
