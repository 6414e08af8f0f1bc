"""A supervisor's word over the engine's: asked for, approved by a second person, declined."""
