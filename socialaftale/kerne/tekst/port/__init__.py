"""The publication gate: what a text must not hold when it is issued, found by pure functions over the parsed text."""
