"""Pages where the secretariat keeps other people's figures."""
