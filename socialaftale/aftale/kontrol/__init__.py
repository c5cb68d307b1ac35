"""The publication gate for the agreement: its text and what is known of it, put together and run."""
