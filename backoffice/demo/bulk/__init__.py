"""A large desk's worth of invented data: decided as the operations would decide it, and written by the thousands."""

from backoffice.demo.bulk.load import load_bulk
from backoffice.demo.bulk.size import MOST, Size, at_scale

__all__ = ["MOST", "Size", "at_scale", "load_bulk"]
