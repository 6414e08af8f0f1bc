"""A service from its asking to its closing: its steps, its decision, the slot it takes and the charge it makes."""
