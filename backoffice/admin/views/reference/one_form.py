"""Pages with one form and one thing to do with it: what they show, what a refusal looks like, where they lead."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form

from backoffice.admin.screen import Screen
from backoffice.operations.result import Result
from backoffice.pages.fields import RepeatKeyField
from backoffice.pages.problems import form_status, place, refused_status


class ConfirmForm(Form):
    """Nothing to fill in: sending it is the answer."""


class SecretForm(Form):
    """The same for what makes a secret: sent twice, it makes one."""

    idempotency_key = RepeatKeyField()


@dataclass(frozen=True, kw_only=True)
class OneForm:
    """What such a page says. ``danger`` is for what takes away.

    ``done`` is told on the page at ``onwards``, but for what tells by itself what came of it. ``told`` are sentences
    above the form: what will come of it.
    """

    title: str
    crumbs: Sequence[tuple[str, str]]
    submit: str
    back: str
    onwards: str
    done: str | None
    told: Sequence[str] = ()
    danger: bool = False
    template: str = "reference/ask.html"
    seen: Mapping[str, object] = field(default_factory=dict)
    """What the answer is about, for a ``template`` of its own."""


@dataclass(frozen=True)
class Secret:
    """What is shown this once: the words for it, and its text, asked for when it has been made.

    ``missed`` says what to do for whoever sends the form again and did not see it.
    """

    label: str
    text: Callable[[], str]
    missed: str


class OneFormScreen(Screen):
    """A screen with such pages."""

    def ask(
        self, asking: OneForm, form: Form, run: Callable[[], Result], *, secret: Secret | None = None
    ) -> ResponseReturnValue:
        """The form's page; once it is sent and ``run`` accepts it, onwards, or first to the ``secret`` it made."""
        errors: list[str] = []
        refused: int | None = None
        if request.method == "POST" and form.validate():
            result = run()
            if not result.problems:
                return self._onwards(asking) if secret is None else self._telling(asking, secret, result)
            errors = place(result.problems, form, self.viewer.language)
            refused = refused_status(result.problems)
        status = refused or form_status(form, errors)
        return self.page(asking.template, status=status, asking=asking, form=form, errors=errors, **asking.seen)

    def _onwards(self, asking: OneForm) -> ResponseReturnValue:
        if asking.done is not None:
            flash(asking.done, "success")
        return redirect(asking.onwards, code=303)

    def _telling(self, asking: OneForm, secret: Secret, result: Result) -> ResponseReturnValue:
        """The answer to the form itself: a secret is kept nowhere, so that neither another page nor the form sent
        again could show it."""
        return self.page("reference/secret.html", asking=asking, secret=secret, shown=result.changed)
