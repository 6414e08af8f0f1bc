"""The conformance kit for authors of plugins: subclass ``ServiceTypeContract`` with examples, and pytest judges.

::

    from backoffice_calibration import Calibration

    from backoffice.testing import ServiceTypeContract


    class TestContract(ServiceTypeContract):
        service_type = Calibration
        requests = ({}, {"room": "12"})
        results = ({"probes": 2},)
        refused_requests = ({"room": 12},)
        refused_results = ({"probes": 21},)

The same kit judges the plugins that come with the backoffice. It needs pytest, and the plugin installed.
"""

import pytest

pytest.register_assert_rewrite("backoffice.testing.service_type_contract")

from backoffice.testing.service_type_contract import ServiceTypeContract  # noqa: E402 - after pytest knows whose asserts to explain

__all__ = ["ServiceTypeContract"]
