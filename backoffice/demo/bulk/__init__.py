"""A large desk's worth of invented data: decided as the operations would decide it, and written by the thousands."""

from backoffice.demo.bulk.bulk_load import load_bulk
from backoffice.demo.bulk.size import MOST, DemoSize, at_scale

__all__ = ["MOST", "DemoSize", "at_scale", "load_bulk"]
