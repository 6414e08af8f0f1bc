"""Measurements of the desk, each beside a floor taken in the same run."""
