from backoffice.testing import ServiceTypeContract
from backoffice_version_update import VersionUpdate


class TestContract(ServiceTypeContract):
    service_type = VersionUpdate
    requests = (
        {},
        {"current_version": "7.1", "target_version": "7.2"},
    )
    results = (
        {},
        {"installed_version": "7.2", "backup_taken": True},
    )
    refused_requests = ({"target_version": 7.2},)
    refused_results = ({"backup_taken": "maybe"},)
