"""Calculations of tilbud: plain Python without Django, clock or I/O."""
