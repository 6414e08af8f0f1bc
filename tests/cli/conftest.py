"""Plugins made for one test."""

from tests.strangers import install as install
