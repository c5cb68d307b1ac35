"""The suite: SQLite in memory or PostgreSQL by DATABASE_URL, plain static files, jobs at once."""

import tempfile
from pathlib import Path

from socialaftale.settings.base import *  # noqa: F403
from socialaftale.settings.base import DATABASES, MIDDLEWARE, TEMPLATES

SECRET_KEY = "kun-til-test"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
BASISADRESSE = "http://testserver"
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # pytest-django would otherwise give each process a file named after our own engine's database.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The live server of the browser tests finds static files itself; nothing is collected.
MIDDLEWARE = [navn for navn in MIDDLEWARE if "whitenoise" not in navn]
# Kept by the name and not in a `with`: the folder is removed when the process ends, however pytest was started.
_media = tempfile.TemporaryDirectory(prefix="socialaftale-test-")
MEDIA_ROOT = Path(_media.name)
KRAEV_TOTP = False
DEMO = False
TEMPLATES[0]["OPTIONS"]["debug"] = False
