"""What an operation refused, shown where it can be mended: beside the form's field, or above the form."""

from collections.abc import Iterable

from wtforms import Form

from backoffice.domain.problem import ErrorCode, Problem
from backoffice.pages.fields import RepeatKeyField
from backoffice.wording import problem_text

SENT_BEFORE = "این فرم پیش‌تر با نوشته‌های دیگری فرستاده و ثبت شده است. اگر این هم باید جداگانه ثبت شود، دوباره بفرستید."


def place(problems: Iterable[Problem], form: Form, language: str) -> list[str]:
    """Put each problem on the field that its path names; give back the texts that no field could take.

    A form whose key was used for another one gets a new key: sent again it is a form of its own.
    """
    elsewhere: list[str] = []
    for problem in problems:
        text = problem_text(problem, language)
        field = next((form[name] for name in (problem.path or ("",))[:1] if name in form), None)
        if isinstance(field, RepeatKeyField):
            field.renew()
            elsewhere.append(SENT_BEFORE)
        elif field is None:
            elsewhere.append(text)
        else:
            field.errors = [*field.errors, text]
    return elsewhere


def form_status(form: Form, errors: list[str]) -> int:
    """The HTTP status of a form's page: one that came back with errors is no success."""
    return 422 if errors or form.errors else 200


def refused_status(problems: Iterable[Problem]) -> int:
    """The HTTP status of what an operation refused: 409 where the object is no longer what the form was made for."""
    conflicts = {problem.code for problem in problems} & {ErrorCode.STALE, ErrorCode.CONFLICT}
    return 409 if conflicts else 422
