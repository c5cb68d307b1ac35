"""Annexes: what they are made of, files from elsewhere, and how they are issued with an edition."""
