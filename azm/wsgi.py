"""What the server loads: `granian --interface wsgi azm.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "azm.settings")
application = get_wsgi_application()
