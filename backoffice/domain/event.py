"""What happens in the desk: every event that an operation may tell, in the past tense, and what it means."""

from enum import StrEnum


class Event(StrEnum):
    """An event's name, as the outbox keeps it and consumers know it; ``meaning`` is one line about it."""

    meaning: str

    def __new__(cls, name: str, meaning: str) -> "Event":
        """The member ``name``, which remembers its meaning."""
        event = str.__new__(cls, name)
        event._value_, event.meaning = name, meaning
        return event

    ASSET_REGISTERED = "asset_registered", "A unit was sold, and its first support periods were opened."
    ASSET_TRANSFERRED = "asset_transferred", "An asset went to its next owner, its periods and allowances with it."
    CHANNEL_ADDED = "channel_added", "There is one more channel on which requests arrive."
    CHANNEL_CHANGED = "channel_changed", "A channel has another name or place, or takes new records or no longer does."
    CHARGE_CONFIRMED = "charge_confirmed", "Finance has looked at a proposed charge, and it is payable."
    COVERAGE_OVERRIDDEN = "coverage_overridden", "A supervisor's decision is in force in place of the engine's."
    CUSTOMER_CREATED = "customer_created", "A customer was entered."
    CUSTOMER_UPDATED = "customer_updated", "A customer's name, city or phones were changed."
    OFFICE_ADDED = "office_added", "There is one more office."
    OFFICE_CHANGED = "office_changed", "An office has another name or kind, or distances count from it."
    OPENING_BALANCES_SET = "opening_balances_set", "What was used of an asset's allowances before the desk was entered."
    OVERRIDE_DECLINED = "override_declined", "A supervisor's decision that waited for a second person was declined."
    OVERRIDE_REQUESTED = "override_requested", "A supervisor's decision above the limit waits for a second person."
    PASSWORD_RESET = "password_reset", "A member of staff was given a new password."
    PLAN_ADDENDUM_ADDED = "plan_addendum_added", "A published plan gained terms for services it did not mention."
    PLAN_IMPORTED = "plan_imported", "A draft of a plan's version was imported."
    PLAN_PUBLISHED = "plan_published", "A plan's version was published: new sales get it."
    PRODUCT_CREATED = "product_created", "A product was entered."
    PRODUCT_UPDATED = "product_updated", "A product's name, family or plan of sales to come was changed."
    PRODUCT_UPGRADES_SET = "product_upgrades_set", "A product can be upgraded to these products from now on."
    PRODUCT_VERSION_RELEASED = "product_version_released", "A version of a product was released."
    PRODUCT_VERSION_WITHDRAWN = "product_version_withdrawn", "A released version of a product was withdrawn."
    RECORD_CANCELLED = "record_cancelled", "A service will not be done; its slot was given back."
    RECORD_CLOSED = "record_closed", "Nothing remains to be seen to of a service that was done."
    RECORD_COMPLETED = "record_completed", "A service is done, decided by what really happened."
    RECORD_OPENED = "record_opened", "A service was asked for and recorded."
    RECORD_REOPENED = "record_reopened", "A service that was done is in progress again."
    RECORD_RERATED = "record_rerated", "Another decision is in force on a service that was done."
    RECORD_SCHEDULED = "record_scheduled", "It was set when a service is to be done, and by whom."
    RECORD_STARTED = "record_started", "Somebody is at work on a service."
    RECORD_VOIDED = "record_voided", "A service that was done counts no more; its slot was given back."
    REFERENCE_LOADED = "reference_loaded", "Reference data that were missing were added."
    RERATING_ACCEPTED = "rerating_accepted", "A suggestion to decide again was accepted."
    RERATING_DISMISSED = "rerating_dismissed", "A suggestion to decide again was dismissed."
    RERATING_OBSOLETE = "rerating_obsolete", "A suggestion to decide again had nothing left to change."
    SITE_CREATED = "site_created", "A site of a customer was entered."
    SITE_UPDATED = "site_updated", "A site's title, address or distance was changed."
    STAFF_ADDED = "staff_added", "There is one more member of staff."
    STAFF_DEACTIVATED = "staff_deactivated", "A member of staff can no longer sign in."
    STAFF_LOCKED = "staff_locked", "Too many wrong passwords in a row: an account is locked for a while."
    STAFF_MOVED = "staff_moved", "A member of staff works for another office."
    STAFF_REACTIVATED = "staff_reactivated", "A member of staff can sign in again."
    STAFF_ROLES_SET = "staff_roles_set", "A member of staff holds these roles from now on."
    SUMMARY_REBUILT = "summary_rebuilt", "The summary of statistics was counted anew."
    SUPPORT_RENEWED = "support_renewed", "An asset has one more support period."
    TARIFF_APPROVED = "tariff_approved", "A tariff edition counts from now on."
    TARIFF_IMPORTED = "tariff_imported", "A draft of a tariff edition was imported."
    TARIFF_MAPPED = "tariff_mapped", "A service type is priced by lines of its own."
    TARIFF_UNMAPPED = "tariff_unmapped", "A service type is priced like any other again."
    TAXES_IMPORTED = "taxes_imported", "Rates of VAT were entered."
    TOKEN_CREATED = "token_created", "An API token was made."
    TOKEN_REVOKED = "token_revoked", "An API token works no more."
