"""Who works at the desk, with roles and passwords, and the tokens of their programs."""
