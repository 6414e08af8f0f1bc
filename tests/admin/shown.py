"""What the admin's templates are given of what was read: by template and name, the selection it was read by.

``conftest`` compares this with what every page that a test opens is really given, ``tests/architecture`` with what the
templates look up.
"""

from collections.abc import Mapping
from types import MappingProxyType

from backoffice.admin import wants
from backoffice.admin.views import palette
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
from backoffice.query.selection import PAGE_INFO, want
from tests.architecture.walking import Shown

LISTED = {"page_info": want(*PAGE_INFO)}
ANSWER = {"decision": wants.DECISION}
SETTLING = {"engines": wants.ENGINE_DECISION, "waiting": wants.OVERRIDE_REQUEST}
RECORDING = {"sheet": {"customer": wants.RECORDING_CUSTOMER}, "answer": ANSWER}

SHOWN: Mapping[str, Mapping[str, Shown]] = MappingProxyType(
    {
        "assets/list.html": {**LISTED, "rows": wants.ASSET_ROW},
        "assets/show.html": {"asset": wants.ASSET_PAGE},
        "assets/purchase.html": {"customer": wants.RECORDING_CUSTOMER},
        "assets/renew.html": {"asset": wants.ASSET_PAGE},
        "assets/opening.html": {"row": wants.ASSET_OPENING},
        "assets/transfer.html": {"row": wants.ASSET_TRANSFER, "owner": wants.CUSTOMER_ROW},
        "assets/transfer_confirm.html": {"row": wants.ASSET_TRANSFER, "owner": wants.CUSTOMER_ROW},
        "assets/transfer_whom.html": {"row": wants.ASSET_TRANSFER, "rows": wants.CUSTOMER_ROW},
        "audit/list.html": {**LISTED, "rows": audit_trail.AuditScreen.rows},
        "audit/show.html": {"entry": audit_trail.ENTRY},
        "channels/list.html": {"channels": channels.CHANNEL},
        "charges/list.html": {**LISTED, "rows": charges.CHARGE},
        "charges/confirm.html": {"charges": charges.CHARGE},
        "customers/list.html": {**LISTED, "rows": wants.CUSTOMER_ROW},
        "customers/show.html": {"customer": wants.CUSTOMER_PAGE},
        "customers/form.html": {"row": wants.CUSTOMER_FORM},
        "customers/site.html": {"row": wants.SITE_FORM},
        "dashboard/index.html": {
            "mine": wants.RECORD_ROW,
            "others": wants.RECORD_ROW,
            "overrides": wants.WAITING_OVERRIDE,
            "ending": wants.ENDING,
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
        "products/list.html": {**LISTED, "rows": wants.PRODUCT_ROW},
        "products/show.html": {"product": wants.PRODUCT_PAGE},
        "products/form.html": {"row": wants.PRODUCT_FORM},
        "products/upgrades.html": {"row": wants.PRODUCT_UPGRADES},
        "records/answer_part.html": RECORDING,
        "records/complete.html": {"record": wants.COMPLETION, "answer": ANSWER},
        "records/completion_answer.html": {"record": wants.COMPLETION, "answer": ANSWER},
        "records/list.html": {**LISTED, "rows": wants.RECORD_ROW},
        "records/new.html": RECORDING,
        "records/new_drawer.html": RECORDING,
        "records/override.html": {"row": wants.RECORD_OVERRIDE, **SETTLING},
        "records/schedule.html": {"row": wants.RECORD_STEP},
        "records/settle.html": {"row": wants.RECORD_OVERRIDE, **SETTLING},
        "records/show.html": {"record": wants.RECORD_PAGE, **SETTLING},
        "records/step.html": {"row": wants.RECORD_STEP},
        "records/whom.html": {"rows": wants.CUSTOMER_ROW},
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
