"""The screens, one module per subject. The first is the index."""

from backoffice.admin.base import Screen
from backoffice.admin.views.assets import AssetsScreen
from backoffice.admin.views.completing import CompletingScreen
from backoffice.admin.views.customers import CustomersScreen
from backoffice.admin.views.dashboard import DashboardScreen
from backoffice.admin.views.ending import CancellingScreen, VoidingScreen
from backoffice.admin.views.palette import PaletteScreen
from backoffice.admin.views.plugins import PluginsScreen
from backoffice.admin.views.products import ProductsScreen
from backoffice.admin.views.recording import RecordingScreen
from backoffice.admin.views.records import RecordsScreen

SCREENS: tuple[type[Screen], ...] = (
    DashboardScreen,
    CustomersScreen,
    AssetsScreen,
    RecordsScreen,
    RecordingScreen,
    CompletingScreen,
    CancellingScreen,
    VoidingScreen,
    ProductsScreen,
    PluginsScreen,
    PaletteScreen,
)
