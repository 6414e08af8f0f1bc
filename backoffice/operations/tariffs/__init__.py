"""Tariff editions from their file to their approval, their mapping to services, and the taxes."""
