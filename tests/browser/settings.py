"""The demo's settings for the browser tests: jobs run at once, and what takes hours can be made short.

Tables are made from the models, as in the rest of the suite (tests/kerne/test_migrationer.py).
"""

import os

from socialaftale.settings.demo import *  # noqa: F403

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_AGE = int(os.environ.get("BROWSERTEST_SESSION", "7200"))
KRAEV_TOTP = os.environ.get("BROWSERTEST_TOTP") == "1"
# The walk's log-ins are made before it begins.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * 60


class UdenMigrationer:
    """Django's MIGRATION_MODULES: no app has any."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


MIGRATION_MODULES = UdenMigrationer()
