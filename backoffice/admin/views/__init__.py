"""The screens, one module per subject."""

from collections.abc import Sequence

from backoffice.admin.screen import Screen, Surroundings
from backoffice.admin.views.assets import AssetsScreen
from backoffice.admin.views.completing import CompletingScreen
from backoffice.admin.views.customers import CustomerEditingScreen, CustomersScreen
from backoffice.admin.views.dashboard import DashboardScreen
from backoffice.admin.views.opening_balances import OpeningScreen
from backoffice.admin.views.overrides import ApprovingScreen, DecliningScreen, OverridingScreen
from backoffice.admin.views.palette import PaletteScreen
from backoffice.admin.views.plugins import PluginsScreen
from backoffice.admin.views.product_versions import ReleasingScreen, WithdrawingScreen
from backoffice.admin.views.products import ProductEditingScreen, ProductsScreen
from backoffice.admin.views.recording import RecordingScreen
from backoffice.admin.views.records import RecordsScreen
from backoffice.admin.views.reference import REFERENCE
from backoffice.admin.views.scheduling import SchedulingScreen
from backoffice.admin.views.sites import SiteScreen
from backoffice.admin.views.stepping import STEPS, StepScreen
from backoffice.admin.views.transferring import TransferringScreen
from backoffice.admin.views.upgrading import UpgradingScreen


def core_screens(around: Surroundings) -> Sequence[Screen]:
    """The screens that the admin has without any plugin, in the order of the menu; the first is its first page."""
    return (
        DashboardScreen(around),
        CustomersScreen(around),
        CustomerEditingScreen(around),
        SiteScreen(around),
        AssetsScreen(around),
        RecordsScreen(around),
        RecordingScreen(around),
        SchedulingScreen(around),
        *(StepScreen(around, step) for step in STEPS),
        CompletingScreen(around),
        OverridingScreen(around),
        ApprovingScreen(around),
        DecliningScreen(around),
        TransferringScreen(around),
        OpeningScreen(around),
        ProductsScreen(around),
        ProductEditingScreen(around),
        ReleasingScreen(around),
        WithdrawingScreen(around),
        UpgradingScreen(around),
        *(screen(around) for screen in REFERENCE),
        PluginsScreen(around),
        PaletteScreen(around),
    )
