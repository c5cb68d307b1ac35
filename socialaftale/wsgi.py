"""WSGI entry point (gunicorn socialaftale.wsgi)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialaftale.settings.prod")
application = get_wsgi_application()
