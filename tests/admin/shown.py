"""What the admin's templates are given of what was read: by template and name, the selection it was read by.

``conftest`` compares this with what every page that a test opens is really given, ``tests/architecture`` with what the
templates look up.
"""

from collections.abc import Mapping
from types import MappingProxyType

from backoffice.admin.answers import DECISION
from backoffice.admin.customer_picker import CUSTOMER_ROW
from backoffice.admin.record_rows import RECORD_ROW
from backoffice.admin.service_form import RECORDING_CUSTOMER
from backoffice.admin.views import palette
from backoffice.admin.views.assets import ASSET_PAGE, ASSET_ROW
from backoffice.admin.views.completing import COMPLETION
from backoffice.admin.views.customers import CUSTOMER_FORM, CUSTOMER_PAGE
from backoffice.admin.views.dashboard import ENDING, WAITING_OVERRIDE
from backoffice.admin.views.opening_balances import ASSET_OPENING
from backoffice.admin.views.overrides import ENGINE_DECISION, OVERRIDE_REQUEST, RECORD_OVERRIDE
from backoffice.admin.views.products import PRODUCT_FORM, PRODUCT_PAGE, PRODUCT_ROW
from backoffice.admin.views.records import RECORD_PAGE
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
from backoffice.admin.views.sites import SITE_FORM
from backoffice.admin.views.stepping import RECORD_STEP
from backoffice.admin.views.transferring import ASSET_TRANSFER
from backoffice.admin.views.upgrading import PRODUCT_UPGRADES
from backoffice.query.selection import PAGE_INFO, want
from tests.architecture.walking import Shown

LISTED = {"page_info": want(*PAGE_INFO)}
ANSWER = {"decision": DECISION}
SETTLING = {"engines": ENGINE_DECISION, "waiting": OVERRIDE_REQUEST}
RECORDING = {"sheet": {"customer": RECORDING_CUSTOMER}, "answer": ANSWER}

SHOWN: Mapping[str, Mapping[str, Shown]] = MappingProxyType(
    {
        "assets/list.html": {**LISTED, "rows": ASSET_ROW},
        "assets/show.html": {"asset": ASSET_PAGE},
        "assets/purchase.html": {"customer": RECORDING_CUSTOMER},
        "assets/renew.html": {"asset": ASSET_PAGE},
        "assets/opening.html": {"row": ASSET_OPENING},
        "assets/transfer.html": {"row": ASSET_TRANSFER, "owner": CUSTOMER_ROW},
        "assets/transfer_confirm.html": {"row": ASSET_TRANSFER, "owner": CUSTOMER_ROW},
        "assets/transfer_whom.html": {"row": ASSET_TRANSFER, "rows": CUSTOMER_ROW},
        "audit/list.html": {**LISTED, "rows": audit_trail.AuditScreen.rows},
        "audit/show.html": {"entry": audit_trail.ENTRY},
        "channels/list.html": {"channels": channels.CHANNEL},
        "charges/list.html": {**LISTED, "rows": charges.CHARGE},
        "charges/confirm.html": {"charges": charges.CHARGE},
        "customers/list.html": {**LISTED, "rows": CUSTOMER_ROW},
        "customers/show.html": {"customer": CUSTOMER_PAGE},
        "customers/form.html": {"row": CUSTOMER_FORM},
        "customers/site.html": {"row": SITE_FORM},
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
        "plans/list.html": {"versions": plans.VERSION},
        "plans/show.html": {"row": plans.PLAN},
        "plans/publish.html": {},
        "plans/addendum.html": {"row": plan_addenda.VERSION},
        "plans/addendum_preview.html": {"row": plan_addenda.VERSION},
        "plans/import.html": {},
        "plugins/list.html": {},
        "products/list.html": {**LISTED, "rows": PRODUCT_ROW},
        "products/show.html": {"product": PRODUCT_PAGE},
        "products/form.html": {"row": PRODUCT_FORM},
        "products/upgrades.html": {"row": PRODUCT_UPGRADES},
        "records/answer_part.html": RECORDING,
        "records/complete.html": {"record": COMPLETION, "answer": ANSWER},
        "records/completion_answer.html": {"record": COMPLETION, "answer": ANSWER},
        "records/list.html": {**LISTED, "rows": RECORD_ROW},
        "records/new.html": RECORDING,
        "records/new_drawer.html": RECORDING,
        "records/override.html": {"row": RECORD_OVERRIDE, **SETTLING},
        "records/schedule.html": {"row": RECORD_STEP},
        "records/settle.html": {"row": RECORD_OVERRIDE, **SETTLING},
        "records/show.html": {"record": RECORD_PAGE, **SETTLING},
        "records/step.html": {"row": RECORD_STEP},
        "records/whom.html": {"rows": CUSTOMER_ROW},
        "reference/ask.html": {},
        "reference/secret.html": {},
        "staff/list.html": {"members": staff_members.ACCOUNT},
        "staff/matrix.html": {},
        "staff/show.html": {"member": staff_members.ACCOUNT},
        "suggestions/list.html": {**LISTED, "rows": suggestions.SUGGESTION, "editions": suggestions.EDITION},
        "tariffs/approve.html": {},
        "tariffs/import.html": {},
        "tariffs/list.html": {"editions": tariffs.EDITION},
        "tariffs/mapping.html": {"usual": mappings.MAPPING},
        "tariffs/show.html": {"edition": tariffs.EDITION},
        "taxes/import.html": {},
        "taxes/list.html": {"rates": taxes.RATE},
        "tokens/list.html": {"tokens": api_tokens.TOKEN},
        "login.html": {},
        "two_versions.html": {},
    }
)
