"""The demo of `./run demo`: like production (DEBUG off, gunicorn, whitenoise), on loopback, with demo users."""

from socialaftale.settings.base import *  # noqa: F403
from socialaftale.settings.base import VAR

DEMO = True
KRAEV_TOTP = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


def _hemmelig_noegle() -> str:
    """A key of its own per demo folder, kept so that log-ins survive a restart."""
    import secrets

    sti = VAR / "secret_key"
    if not sti.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        sti.touch(mode=0o600)
        sti.write_text(secrets.token_urlsafe(48))
    return sti.read_text()


SECRET_KEY = _hemmelig_noegle()
