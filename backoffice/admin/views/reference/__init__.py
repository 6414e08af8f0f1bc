"""The screens of reference data, of who may what, and of what finance settles; as the menu has them."""

from backoffice.admin.screen import Screen
from backoffice.admin.views.reference.api_tokens import TokensScreen
from backoffice.admin.views.reference.audit_trail import AuditScreen
from backoffice.admin.views.reference.channels import ChannelsScreen
from backoffice.admin.views.reference.charges import ChargesScreen
from backoffice.admin.views.reference.mappings import MappingScreen
from backoffice.admin.views.reference.offices import OfficesScreen
from backoffice.admin.views.reference.plan_addenda import PlanAddendumScreen
from backoffice.admin.views.reference.plan_files import PlanImportScreen
from backoffice.admin.views.reference.plans import PlansScreen
from backoffice.admin.views.reference.staff_members import StaffScreen
from backoffice.admin.views.reference.suggestions import SuggestionsScreen
from backoffice.admin.views.reference.tariff_files import TariffImportScreen
from backoffice.admin.views.reference.tariffs import TariffsScreen
from backoffice.admin.views.reference.taxes import TaxesScreen, TaxImportScreen

REFERENCE: tuple[type[Screen], ...] = (
    PlansScreen,
    PlanImportScreen,
    PlanAddendumScreen,
    TariffsScreen,
    TariffImportScreen,
    MappingScreen,
    TaxesScreen,
    TaxImportScreen,
    OfficesScreen,
    ChannelsScreen,
    ChargesScreen,
    SuggestionsScreen,
    StaffScreen,
    TokensScreen,
    AuditScreen,
)
