"""Support plans from their file to the published version, and the addenda of published ones."""
