"""The way of an agreement through the bodies: steps, the parties' approvals, new editions, entry into force."""
