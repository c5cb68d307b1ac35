"""Administration of users: invitations, roles with dates, closing of accounts, second factor, log-ins."""
