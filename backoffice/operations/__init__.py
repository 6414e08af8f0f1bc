"""What people do with the desk: one module per operation, one transaction and one permission each.

An operation is a function of a ``Desk``, a ``Viewer`` and a frozen command; it gives a ``Result``. Problems in a result
are what a person can mend, and then nothing was changed. Each change leaves an audit row and an outbox row in its
transaction. Both faces, GraphQL and the admin, change things only through here.
"""
