"""What the tables say that name an actor: a kind, an id of that kind, and the key of a member of staff."""

from sqlalchemy import CheckConstraint


def of_an_actor() -> CheckConstraint:
    """A CHECK that ``staff_id`` has the actor's id exactly where the actor is of staff; the system has the id 0.

    The foreign key of ``staff_id`` holds the commonest kind of actor.
    """
    return CheckConstraint(
        "(actor_kind = 'staff') = (staff_id IS NOT NULL) AND (staff_id IS NULL OR staff_id = actor_id)"
        " AND (actor_kind = 'system') = (actor_id = 0)",
        name="actor_id",
    )
