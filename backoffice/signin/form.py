"""The sign-in form: a user name and a password, and one answer for everything that can be wrong with them."""

from typing import Any

from flask import current_app
from flask_security import LoginForm
from flask_security.utils import hash_password
from typing_extensions import override
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from backoffice.access.credentials import LONGEST, username_key

WRONG = "نام کاربری یا گذرواژه درست نیست. پس از چند بار تلاش ناموفق، ورود یک دقیقه بسته می‌ماند."
NAME_MISSING = "نام کاربری را بنویسید."
LONGEST_NAME = 150


class SignInForm(LoginForm):
    """Flask-Security's form with a user name in the place of an e-mail address, and no "remember me"."""

    email = None  # type: ignore[assignment]  # how WTForms takes a field away
    remember = None  # type: ignore[assignment]
    username = StringField(validators=[InputRequired(NAME_MISSING), Length(max=LONGEST_NAME, message=WRONG)])
    password = PasswordField(validators=[InputRequired(WRONG), Length(max=LONGEST, message=WRONG)])

    @override
    def validate(self, **kwargs: Any) -> bool:
        """Find the account by its name, let Flask-Security judge the password, and say no more than that it failed."""
        self.ifield = self.username
        datastore = current_app.extensions["security"].datastore
        if self.username.data:
            self.user = datastore.find_user(username=username_key(self.username.data))
        if self.user is not None and self.user.is_locked():
            hash_password(self.password.data or "")  # a locked account answers after the same time as any other
            return self._refused()
        return bool(super().validate(**kwargs)) or self._refused()

    def _refused(self) -> bool:
        """Leave one message for name and password alike, so that nobody learns which names exist."""
        for field in (self.username, self.password):
            if field.errors and not (field is self.username and not field.data):
                field.errors = []
        self.form_errors = [WRONG]
        return False
