"""Proofs that what is stored agrees with itself, and the summary counted anew."""
