"""Customers with their sites, what they bought, their support and what was used of it before the desk."""
