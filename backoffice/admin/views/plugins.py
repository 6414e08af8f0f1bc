"""Plugins: which service types are there, and why others are not."""

from flask_admin.base import expose
from werkzeug.wrappers import Response

from backoffice.admin.screen import Screen
from backoffice.plugins import list_plugins


class PluginsScreen(Screen):
    """The plugins of this process."""

    title = "افزونه‌ها"
    path = "plugins"
    icon = "plug"
    group = "مدیریت"
    permissions = {"index": "plugin.read"}

    @expose("/")
    def index(self) -> Response:
        return self.page(
            "plugins/list.html", rows=list_plugins(self.desk.registry), types=self.desk.registry.service_types
        )
