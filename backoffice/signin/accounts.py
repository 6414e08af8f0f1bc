"""Flask-Security's user and datastore, over the ``staff`` table.

An ``Account`` is a value read from one row, so that a signed-in request holds no database session open; whatever
changes (a rehashed password, a failed attempt, a sign-in) is an operation of ``backoffice.operations.signin``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from flask_security import RoleMixin, UserMixin
from flask_security.datastore import UserDatastore
from sqlalchemy import select
from typing_extensions import override

from backoffice.access.viewer import Viewer
from backoffice.access.viewers import Origin, roles_of, system_viewer, viewer_of
from backoffice.models import Role, Staff
from backoffice.operations.premises import Premises
from backoffice.operations.signin.count_failed_sign_in import CountFailedSignIn, count_failed_sign_in
from backoffice.operations.signin.rehash_password import RehashPassword, rehash_password
from backoffice.operations.signin.sign_in import SignIn, sign_in
from backoffice.operations.signin.sign_out import SignOut, sign_out
from backoffice.operations.signin.signin_trail import PERMISSION

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
        """Count a failed attempt; too many in a row lock the account for a while."""
        self.datastore.count_failure(self)


class StaffDatastore(UserDatastore):
    """Looks accounts up by user name (in any case) or by the session's key, and writes what changes of them."""

    def __init__(self, desk: Premises, origin: Callable[[], Origin]) -> None:
        super().__init__(Staff, Role)  # type: ignore[arg-type]  # the tables; accounts are made from their rows
        self.desk = desk
        self.origin = origin

    @override
    def find_user(self, case_insensitive: bool = False, **key: Any) -> Account | None:
        """The account with ``username`` (kept in lower case) or ``fs_uniquifier``."""
        ((name, value),) = key.items()
        with self.desk.database.reading() as session:
            staff = session.scalar(select(Staff).where(LOOKUPS[name] == value))
            return None if staff is None else self._account(staff, roles_of(session, staff.id))

    @override
    def find_role(self, role: str) -> AccountRole | None:
        with self.desk.database.reading() as session:
            name = session.scalar(select(Role.name).where(Role.name == role))
        return None if name is None else AccountRole(name)

    @override
    def put(self, account: Account) -> Account:
        """Keep a password that Flask-Security hashed anew."""
        command = RehashPassword(id=account.id, password_hash=account.password)
        rehash_password(self.desk, self._by(account), command)
        return account

    @override
    def commit(self) -> None:
        """Nothing waits to be committed: each change was."""

    def count_failure(self, account: Account) -> None:
        """A wrong password was given. Whoever gave it is nobody the desk knows: the system counts it."""
        origin = self.origin()
        viewer = replace(system_viewer(), address=origin.address, request_id=origin.request_id)
        count_failed_sign_in(self.desk, viewer, CountFailedSignIn(id=account.id))

    def note_sign_in(self, account: Account) -> None:
        """The account's owner is in; failed attempts are forgotten."""
        sign_in(self.desk, self._by(account), SignIn(id=account.id))

    def note_sign_out(self, account: Account) -> None:
        """The account's owner has left."""
        sign_out(self.desk, self._by(account), SignOut(id=account.id))

    def _by(self, account: Account) -> Viewer:
        """The account's owner, with what it takes for the desk's own operations of signing in and out."""
        return replace(account.viewer(self.origin()), permissions=frozenset({PERMISSION}))

    def _account(self, staff: Staff, roles: tuple[str, ...]) -> Account:
        return Account(
            datastore=self,
            staff=staff,
            id=staff.id,
            password=staff.password,
            active=staff.active,
            fs_uniquifier=staff.fs_uniquifier,
            locked=staff.locked_until is not None and staff.locked_until > self.desk.clock(),
            roles=[AccountRole(name) for name in roles],
        )
