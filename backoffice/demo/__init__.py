"""Invented data to try the desk with, entered through the operations as if it had happened over the past years."""

from backoffice.demo.load import load_demo
from backoffice.demo.stage import DemoFailed

__all__ = ["DemoFailed", "load_demo"]
