"""What people do with the desk: one module per operation, one transaction and one permission each.

An operation is a function of a ``Desk``, a ``Viewer`` and a frozen command; it gives a ``Result``. Problems in a result
are what a person can mend, and then nothing was changed. Each change leaves an audit row and an outbox row in its
transaction. Both faces, GraphQL and the admin, change things only through here.

Each room holds a subject: its operations, named for what a person does, and the parts that only they share. What stands
beside the rooms is what every operation is made of; a contract in ``setup.cfg`` says who may stand on whom.
"""
