"""Products, their released versions and what they can be upgraded to."""
