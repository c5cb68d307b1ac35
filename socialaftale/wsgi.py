"""WSGI entry point (gunicorn socialaftale.wsgi)."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialaftale.settings.prod")
application = get_wsgi_application()
# What lives as long as the worker is not garbage: searching it again and again costs a request up to 100 ms.
gc.collect()
gc.freeze()
