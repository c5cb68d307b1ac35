"""The programs behind ./run: throw-away PostgreSQL, list of rules, file checks, summary of a run."""
