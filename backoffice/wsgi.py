"""The WSGI object for any server: ``backoffice.wsgi:app``, configured by the environment and ready when imported."""

import gc
import os

gc.disable()  # a start makes hundreds of thousands of things to keep, and nothing to collect
from backoffice.app import create_app  # noqa: E402
from backoffice.settings import Settings  # noqa: E402
from backoffice.web.log import write_log  # noqa: E402

settings = Settings.from_environment(os.environ)
write_log(in_production=settings.in_production)
app = create_app(settings)
gc.enable()
gc.freeze()  # nor is what the start made walked again at each collection, or copied by it into forked processes
