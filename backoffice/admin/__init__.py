"""The admin, what staff see: Flask-Admin is its engine, screens read through ``query`` and write through operations."""

from backoffice.admin.assembly import create_admin

__all__ = ["create_admin"]
