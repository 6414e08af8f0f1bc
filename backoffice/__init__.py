"""The after-sales support desk: services recorded, decided and explained."""

__version__ = "0.1.0"
