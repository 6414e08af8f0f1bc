"""Worked decisions from a file: read whole, its head loaded as tariffs and taxes, its scenarios run by operations."""

from backoffice.operations.cases.case_report import CaseFailure, CaseReport
from backoffice.operations.cases.file import CaseFileError, Cases, read_cases
from backoffice.operations.cases.head import LoadHead, load_head
from backoffice.operations.cases.runs import run_scenarios

__all__ = [
    "CaseFailure",
    "CaseFileError",
    "CaseReport",
    "Cases",
    "LoadHead",
    "load_head",
    "read_cases",
    "run_scenarios",
]
