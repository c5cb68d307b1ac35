"""Settings: base (shared), dev, demo, test and prod; everything secret or local comes from the environment."""
