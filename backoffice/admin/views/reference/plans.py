"""Support plans: their versions, what a version promises, and publishing a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, TypedDict

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin.live_answer import texts
from backoffice.admin.page_action import Does
from backoffice.admin.views.reference.one_form import OneForm, OneFormScreen
from backoffice.domain.plan import PlanTerm, SupportPlan
from backoffice.operations.plans.publish_draft import PublishDraft, publish_draft
from backoffice.operations.plans.publish_plan import problems_of
from backoffice.pages.fields import HiddenTextField
from backoffice.pages.requests import posted
from backoffice.pages.rows import Row
from backoffice.pages.template_filters import digits
from backoffice.query.plan_outcomes import Promises, promised_by, promises, unconfirmed
from backoffice.query.selection import want
from backoffice.query.typed_rows import selected


class Version(TypedDict):
    """A version in the list."""

    id: str
    code: str
    version: int
    name: str
    published: bool
    published_at: datetime | None
    created_at: datetime


class _Document(TypedDict):
    body: dict[str, Any]


class _Documented(TypedDict):
    document: _Document | None


class _Added(_Documented):
    effective_from: date
    terms: list[dict[str, Any]]
    reason: str
    created_at: datetime
    created_by: Annotated[Row | None, want("name")]


class Plan(_Documented):
    """One version, with what was added to it."""

    id: str
    code: str
    version: int
    name: str
    published_at: datetime | None
    created_at: datetime
    document_hash: str
    addenda: list[_Added]


@dataclass(frozen=True)
class Addendum:
    """An addendum as the plan's page tells of it; ``by`` is empty for what the command line added."""

    effective_from: date
    services: tuple[Promises, ...]
    reason: str
    by: str
    created_at: datetime


class PublishForm(Form):
    """Which draft was looked at."""

    reviewed = HiddenTextField()


class PlansScreen(OneFormScreen):
    """The versions of the plans."""

    title = "طرح‌های پشتیبانی"
    path = "plans"
    icon = "certificate"
    group = "داده‌های پایه"
    covers = ("plan_import", "plan_addendum")
    permissions = {"index": "plan.read", "show": "plan.read"}
    does = {"publish": Does(publish_draft, "check", main=True)}
    entity = "SupportPlan"

    @expose("/")
    def index(self) -> Response:
        with self.reading() as reader:
            versions = reader.list("SupportPlan", selected(Version))
        return self.page("plans/list.html", versions=_newest_first(versions))

    @expose("/<int:key>/")
    def show(self, key: int) -> Response:
        row = self._version(key)
        plan = _plan_of(_latest(row))
        addenda = [self._addendum(plan, added) for added in row["addenda"]]
        return self.page(
            "plans/show.html",
            key=key,
            row=row,
            plan=plan,
            promises=promises(plan, self.desk.registry, self.viewer.language),
            unconfirmed=unconfirmed(plan),
            findings=() if row["published_at"] else self._findings(plan),
            addenda=addenda,
            since={service.code: added.effective_from for added in addenda for service in added.services},
            installed=self.desk.registry.service_types,
        )

    @expose("/<int:key>/publish/", methods=("GET", "POST"))
    def publish(self, key: int) -> ResponseReturnValue:
        row = self._version(key)
        plan = _plan_of(row)
        form = PublishForm(posted(), reviewed=row["document_hash"])
        back = url_for("plans.show", key=key)
        title = f"{row['name']}، نسخهٔ {digits(row['version'])}"
        asking = OneForm(
            title=f"انتشار «{title}»",
            crumbs=[(self.title, url_for("plans.index")), (title, back)],
            submit="انتشار",
            back=back,
            onwards=back,
            done="طرح منتشر شد و فروش‌های تازه با همین نسخه است.",
            told=_before_publishing(plan),
            template="plans/publish.html",
            seen={"plan": plan, "promises": promises(plan, self.desk.registry, self.viewer.language)},
        )
        command = PublishDraft(code=row["code"], reviewed=form.reviewed.data or "")
        return self.ask(asking, form, lambda: publish_draft(self.desk, self.viewer, command))

    def _version(self, key: int) -> Plan:
        with self.reading() as reader:
            return self.found(reader, "SupportPlan", key, selected(Plan))

    def _addendum(self, plan: SupportPlan, added: _Added) -> Addendum:
        terms = [PlanTerm.from_document(term) for term in added["terms"]]
        who = added["created_by"]
        return Addendum(
            effective_from=added["effective_from"],
            services=promised_by(plan, terms, self.desk.registry, self.viewer.language),
            reason=added["reason"],
            by="" if who is None else str(who["name"]),
            created_at=added["created_at"],
        )

    def _findings(self, plan: SupportPlan) -> Sequence[str]:
        """What keeps a draft from being published."""
        with self.desk.database.reading() as session:
            return texts(problems_of(session, self.desk.registry, plan), self.viewer.language)


def _latest(row: Plan) -> _Documented:
    """The version's last addendum, whose document has the terms of all of them; else the version itself."""
    return row["addenda"][-1] if row["addenda"] else row


def _plan_of(row: _Documented) -> SupportPlan:
    """The plan in the frozen document of a version or an addendum."""
    document = row["document"]
    if document is None:
        abort(404)
    return SupportPlan.from_document(document["body"])


def _newest_first(versions: Sequence[Version]) -> Sequence[Version]:
    """By code, and the newest version of each first."""
    return sorted(versions, key=lambda row: (row["code"], -row["version"]))


def _before_publishing(plan: SupportPlan) -> Sequence[str]:
    told = [
        "نسخهٔ منتشرشده دیگر عوض نمی‌شود؛ هر تغییر نسخهٔ تازه‌ای است.",
        "فروش‌ها و تمدیدهای پس از این با همین نسخه است؛ دوره‌های فروخته‌شده همان نسخه‌ای را دارند که با آن فروخته شده‌اند.",
    ]
    waiting = len(unconfirmed(plan))
    return [*told, f"{digits(waiting)} بند این طرح هنوز در انتظار تأیید شرکت است."] if waiting else told
