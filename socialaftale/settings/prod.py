"""Production: PostgreSQL, HTTPS only, secrets from the environment; a missing one stops the start."""

import os

from django.core.exceptions import ImproperlyConfigured

from socialaftale.settings.base import *  # noqa: F403
from socialaftale.settings.base import ALLOWED_HOSTS

for _navn in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"):
    if not os.environ.get(_navn):
        raise ImproperlyConfigured(f"{_navn} must be set in the environment.")

BASISADRESSE = os.environ.get("BASISADRESSE") or f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
# How many proxies of our own stand before the server: the throttling of log-ins needs the user's real address.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("ANTAL_PROXYER", "1"))

SECURE_SSL_REDIRECT = True
# The proxy must strip this header from clients and set it itself (README, deployment).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
