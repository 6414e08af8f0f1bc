"""Flask-Security's user and datastore, over the ``staff`` table.

An ``Account`` is a value read from one row, so that a signed-in request holds no database session open; whatever
changes (a rehashed password, a failed attempt) is written at once in a transaction of its own.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask_security import RoleMixin, UserMixin
from flask_security.datastore import UserDatastore
from sqlalchemy import select, update
from typing_extensions import override

from backoffice.access.roles import Origin, roles_of, viewer_of
from backoffice.access.viewer import Viewer
from backoffice.domain.calendar import Clock
from backoffice.models import Role, Staff
from backoffice.models.database import Database

ATTEMPTS = 5
LOCKED_FOR = timedelta(seconds=60)
LOOKUPS = {"username": Staff.username, "fs_uniquifier": Staff.fs_uniquifier}


class AccountRole(RoleMixin):
    """A role as Flask-Security asks for it. Permissions are ours, in ``backoffice.access``."""

    def __init__(self, name: str) -> None:
        self.name = name


@dataclass(eq=False)
class Account(UserMixin):
    """Who signs in. ``locked`` says that too many attempts have failed of late."""

    datastore: "StaffDatastore" = field(repr=False)
    staff: Staff = field(repr=False)
    id: int
    password: str = field(repr=False)
    active: bool
    fs_uniquifier: str = field(repr=False)
    locked: bool
    roles: list[RoleMixin]

    def viewer(self, origin: Origin) -> Viewer:
        """The viewer that this account is in a request from ``origin``."""
        return viewer_of(self.staff, [role.name for role in self.roles], origin)

    @override
    def is_locked(self, form_error: list[str] | None = None) -> bool:
        """Whether this account is locked; answered with the same words as a wrong password."""
        if self.locked and form_error is not None:
            form_error.append("locked")
        return self.locked

    @override
    def track_failed_authn(self, auth_type: str, tfa: bool = False) -> None:  # its signature
        """Count a failed attempt; the fifth in a row locks the account for a minute."""
        self.datastore.count_failure(self.id)


class StaffDatastore(UserDatastore):
    """Looks accounts up by user name (in any case) or by the session's key, and writes what changes of them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(Staff, Role)  # type: ignore[arg-type]  # the tables; accounts are made from their rows
        self.database = database
        self.clock = clock

    @override
    def find_user(self, case_insensitive: bool = False, **key: Any) -> Account | None:
        """The account with ``username`` (kept in lower case) or ``fs_uniquifier``."""
        ((name, value),) = key.items()
        with self.database.reading() as session:
            staff = session.scalar(select(Staff).where(LOOKUPS[name] == value))
            return None if staff is None else self._account(staff, roles_of(session, staff.id))

    @override
    def find_role(self, role: str) -> AccountRole | None:
        with self.database.reading() as session:
            name = session.scalar(select(Role.name).where(Role.name == role))
        return None if name is None else AccountRole(name)

    @override
    def put(self, account: Account) -> Account:
        """Keep a password that Flask-Security hashed anew."""
        self._write(account.id, password=account.password)
        return account

    @override
    def commit(self) -> None:
        """Nothing waits to be committed: each change was."""

    def count_failure(self, staff_id: int) -> None:
        """Add one to the failed attempts; from the fifth on the account is locked for a minute at a time."""
        self._write(staff_id, failed_sign_ins=Staff.failed_sign_ins + 1)
        with self.database.writing() as session:
            session.execute(
                update(Staff)
                .where(Staff.id == staff_id, Staff.failed_sign_ins >= ATTEMPTS)
                .values(locked_until=self.clock() + LOCKED_FOR)
            )

    def forget_failures(self, staff_id: int) -> None:
        """A sign-in that went well starts the count anew."""
        self._write(staff_id, failed_sign_ins=0, locked_until=None)

    def _write(self, staff_id: int, **values: Any) -> None:
        with self.database.writing() as session:
            session.execute(update(Staff).where(Staff.id == staff_id).values(**values))

    def _account(self, staff: Staff, roles: tuple[str, ...]) -> Account:
        return Account(
            datastore=self,
            staff=staff,
            id=staff.id,
            password=staff.password,
            active=staff.active,
            fs_uniquifier=staff.fs_uniquifier,
            locked=staff.locked_until is not None and staff.locked_until > self.clock(),
            roles=[AccountRole(name) for name in roles],
        )
