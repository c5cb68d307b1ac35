"""Texts with chapters and versions, clean HTML and references to live figures; used by several apps."""
