"""What the admin's templates are given of what was read: by template and name, the selection it was read by.

``conftest`` compares this with what every page that a test opens is really given, ``tests/architecture`` with what the
templates look up.
"""

from collections.abc import Mapping
from types import MappingProxyType

from backoffice.admin.customer_picker import CUSTOMER_ROW
from backoffice.admin.live_answer import DECISION
from backoffice.admin.record_line import RECORD_ROW
from backoffice.admin.service_form import RecordingCustomer
from backoffice.admin.subject_states import OverrideRequest
from backoffice.admin.views import palette
from backoffice.admin.views.assets import ASSET_ROW, AssetPage
from backoffice.admin.views.completing import CompletedRecord
from backoffice.admin.views.customers import CUSTOMER_PAGE, CustomerRow
from backoffice.admin.views.dashboard import ENDING, WAITING_OVERRIDE
from backoffice.admin.views.opening_balances import OpeningAsset
from backoffice.admin.views.overrides import ENGINE_DECISION, OverriddenRecord
from backoffice.admin.views.products import PRODUCT_PAGE, PRODUCT_ROW, ProductRow
from backoffice.admin.views.records import RecordPage
from backoffice.admin.views.reference import (
    api_tokens,
    audit_trail,
    channels,
    charges,
    mappings,
    offices,
    plan_addenda,
    plans,
    staff_members,
    suggestions,
    tariffs,
    taxes,
)
from backoffice.admin.views.sites import SiteRow
from backoffice.admin.views.stepping import RecordStep
from backoffice.admin.views.transferring import TransferredAsset
from backoffice.admin.views.upgrading import UpgradedProduct
from backoffice.query.selection import PAGE_INFO, want
from backoffice.query.typed_rows import selected
from tests.architecture.walking import Shown

LISTED = {"page_info": want(*PAGE_INFO)}
ANSWER = {"decision": DECISION}
SETTLING = {"engines": ENGINE_DECISION, "waiting": selected(OverrideRequest)}
RECORDING = {"sheet": {"customer": selected(RecordingCustomer)}, "answer": ANSWER}

SHOWN: Mapping[str, Mapping[str, Shown]] = MappingProxyType(
    {
        "assets/list.html": {**LISTED, "rows": ASSET_ROW},
        "assets/show.html": {"asset": selected(AssetPage)},
        "assets/purchase.html": {"customer": selected(RecordingCustomer)},
        "assets/renew.html": {"asset": selected(AssetPage)},
        "assets/opening.html": {"row": selected(OpeningAsset)},
        "assets/transfer.html": {"row": selected(TransferredAsset), "owner": CUSTOMER_ROW},
        "assets/transfer_confirm.html": {"row": selected(TransferredAsset), "owner": CUSTOMER_ROW},
        "assets/transfer_whom.html": {"row": selected(TransferredAsset), "rows": CUSTOMER_ROW},
        "audit/list.html": {**LISTED, "rows": audit_trail.AuditScreen.rows},
        "audit/show.html": {"entry": audit_trail.ENTRY},
        "channels/list.html": {"channels": selected(channels.Channel)},
        "charges/list.html": {**LISTED, "rows": charges.CHARGE},
        "charges/confirm.html": {"charges": charges.CHARGE},
        "customers/list.html": {**LISTED, "rows": CUSTOMER_ROW},
        "customers/show.html": {"customer": CUSTOMER_PAGE},
        "customers/form.html": {"row": selected(CustomerRow)},
        "customers/site.html": {"row": selected(SiteRow)},
        "dashboard/index.html": {
            "mine": RECORD_ROW,
            "others": RECORD_ROW,
            "overrides": WAITING_OVERRIDE,
            "ending": ENDING,
        },
        "offices/list.html": {"offices": offices.OFFICE},
        "palette/results.html": {
            "found": {"customers": palette.CUSTOMER, "assets": palette.ASSET, "records": palette.RECORD}
        },
        "plans/list.html": {"versions": selected(plans.Version)},
        "plans/show.html": {"row": selected(plans.Plan)},
        "plans/publish.html": {},
        "plans/addendum.html": {"row": plan_addenda.VERSION},
        "plans/addendum_preview.html": {"row": plan_addenda.VERSION},
        "plans/import.html": {},
        "plugins/list.html": {},
        "products/list.html": {**LISTED, "rows": PRODUCT_ROW},
        "products/show.html": {"product": PRODUCT_PAGE},
        "products/form.html": {"row": selected(ProductRow)},
        "products/upgrades.html": {"row": selected(UpgradedProduct)},
        "records/answer_part.html": RECORDING,
        "records/complete.html": {"record": selected(CompletedRecord), "answer": ANSWER},
        "records/completion_answer.html": {"record": selected(CompletedRecord), "answer": ANSWER},
        "records/list.html": {**LISTED, "rows": RECORD_ROW},
        "records/new.html": RECORDING,
        "records/new_drawer.html": RECORDING,
        "records/override.html": {"row": selected(OverriddenRecord), **SETTLING},
        "records/schedule.html": {"row": selected(RecordStep)},
        "records/settle.html": {"row": selected(OverriddenRecord), **SETTLING},
        "records/show.html": {"record": selected(RecordPage), **SETTLING},
        "records/step.html": {"row": selected(RecordStep)},
        "records/whom.html": {"rows": CUSTOMER_ROW},
        "reference/ask.html": {},
        "reference/secret.html": {},
        "staff/list.html": {"members": selected(staff_members.Account)},
        "staff/matrix.html": {},
        "staff/show.html": {"member": selected(staff_members.Account)},
        "suggestions/list.html": {**LISTED, "rows": suggestions.SUGGESTION, "editions": suggestions.EDITION},
        "tariffs/approve.html": {},
        "tariffs/import.html": {},
        "tariffs/list.html": {"editions": tariffs.EDITION},
        "tariffs/mapping.html": {"usual": mappings.MAPPING},
        "tariffs/show.html": {"edition": tariffs.EDITION},
        "taxes/import.html": {},
        "taxes/list.html": {"rates": selected(taxes.Rate)},
        "tokens/list.html": {"tokens": api_tokens.TOKEN},
        "login.html": {},
        "two_versions.html": {},
    }
)
