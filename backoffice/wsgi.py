"""The WSGI object for any server: ``backoffice.wsgi:app``, configured by the environment."""

import os

from backoffice.app import create_app
from backoffice.settings import Settings

app = create_app(Settings.from_environment(os.environ))
