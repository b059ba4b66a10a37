"""The WSGI entry point."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from portal.environment import Misconfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
try:
    application = get_wsgi_application()
except Misconfigured as error:
    sys.exit(str(error))
