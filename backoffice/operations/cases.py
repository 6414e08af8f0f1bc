"""Worked decisions from a file: its head loaded as tariffs and taxes, its scenarios run through the operations."""

from backoffice.operations.case_head import load_head
from backoffice.operations.case_report import CaseReport, Failure
from backoffice.operations.case_runs import run_scenarios

__all__ = ["CaseReport", "Failure", "load_head", "run_scenarios"]
