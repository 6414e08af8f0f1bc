"""The GraphQL face: the schema, composed from the desk's own types and its plugins', and the view that serves it."""

from backoffice.schema.build import build_schema, export_sdl, fitting
from backoffice.schema.view import graphql_blueprint

__all__ = ["build_schema", "export_sdl", "fitting", "graphql_blueprint"]
