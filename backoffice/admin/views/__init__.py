"""The screens, one module per subject. The first is the index."""

from backoffice.admin.base import Screen
from backoffice.admin.views.assets import AssetsScreen
from backoffice.admin.views.completing import CompletingScreen
from backoffice.admin.views.customers import CustomerEditingScreen, CustomersScreen
from backoffice.admin.views.dashboard import DashboardScreen
from backoffice.admin.views.opening import OpeningScreen
from backoffice.admin.views.overriding import ApprovingScreen, DecliningScreen, OverridingScreen
from backoffice.admin.views.palette import PaletteScreen
from backoffice.admin.views.plugins import PluginsScreen
from backoffice.admin.views.product_versions import ReleasingScreen, WithdrawingScreen
from backoffice.admin.views.products import ProductEditingScreen, ProductsScreen
from backoffice.admin.views.recording import RecordingScreen
from backoffice.admin.views.records import RecordsScreen
from backoffice.admin.views.reference import REFERENCE
from backoffice.admin.views.scheduling import SchedulingScreen
from backoffice.admin.views.sites import SiteScreen
from backoffice.admin.views.stepping import (
    CancellingScreen,
    ClosingScreen,
    ReopeningScreen,
    StartingScreen,
    VoidingScreen,
)
from backoffice.admin.views.transferring import TransferringScreen
from backoffice.admin.views.upgrading import UpgradingScreen

SCREENS: tuple[type[Screen], ...] = (
    DashboardScreen,
    CustomersScreen,
    CustomerEditingScreen,
    SiteScreen,
    AssetsScreen,
    RecordsScreen,
    RecordingScreen,
    SchedulingScreen,
    StartingScreen,
    CompletingScreen,
    ClosingScreen,
    ReopeningScreen,
    CancellingScreen,
    VoidingScreen,
    OverridingScreen,
    ApprovingScreen,
    DecliningScreen,
    TransferringScreen,
    OpeningScreen,
    ProductsScreen,
    ProductEditingScreen,
    ReleasingScreen,
    WithdrawingScreen,
    UpgradingScreen,
    *REFERENCE,
    PluginsScreen,
    PaletteScreen,
)
