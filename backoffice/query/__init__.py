"""Reading: what a face asks for, read in few flat statements through the row rules and shaped as nested dicts."""
