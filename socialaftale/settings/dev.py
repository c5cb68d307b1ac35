"""Development: DEBUG on, mails on the console, data under var/."""

from socialaftale.settings.base import *  # noqa: F403

DEBUG = True
SECRET_KEY = "kun-til-udvikling"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
KRAEV_TOTP = False
DEMO = True
