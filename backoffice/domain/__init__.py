"""What the support desk knows: periods, plans, tariffs and the coverage decision. Plain values, no I/O, no clock.

Words are those of the glossary in the README. The front door to a decision is ``backoffice.domain.coverage.decide``.
"""
