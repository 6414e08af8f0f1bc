"""What a page of the admin does: an operation, by its declaration, and the button that leads to the page."""

from dataclasses import KW_ONLY, dataclass

from backoffice.operations.catalogue import AnyOperation

HEAD = "head"
"""The place of most buttons: beside the title of the object's page."""


@dataclass(frozen=True)
class Does:
    """An operation that a page does, whose permission opens the page and whose label its button has.

    Without an ``icon`` no button leads there. ``place`` is where on the object's page the button stands, ``main``
    whether it is what one most likely came for. What is done ``at_once`` asks nothing: its button sends the form.
    """

    operation: AnyOperation
    icon: str = ""
    _: KW_ONLY
    place: str = HEAD
    main: bool = False
    at_once: bool = False
    by: str = "key"
    """What the address of the page calls the key of the object."""
