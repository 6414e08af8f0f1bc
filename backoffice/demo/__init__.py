"""Invented data to try the desk with, entered through the operations as if it had happened over the past years."""

from backoffice.demo.operation_player import DemoFailed
from backoffice.demo.story import load_demo

__all__ = ["DemoFailed", "load_demo"]
