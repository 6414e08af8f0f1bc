"""Decisions that are suggested to be taken again: previewed, accepted in a batch, dismissed."""
