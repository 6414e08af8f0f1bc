"""Which lines of the tariff price which service."""

from collections.abc import Iterable, Mapping
from typing import cast

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin.page_action import Does
from backoffice.admin.views.reference.one_form import ConfirmForm, OneForm, OneFormScreen
from backoffice.domain.tariff_fit import UNITS
from backoffice.domain.term import ANY_SERVICE
from backoffice.operations.tariffs.map_tariff import MapTariff, UnmapTariff, map_tariff, unmap_tariff
from backoffice.pages.fields import Choice, SelectOneField, chosen
from backoffice.pages.requests import posted
from backoffice.pages.rows import Row
from backoffice.pages.template_filters import label
from backoffice.query.selection import want

MAPPING = want("service_type", "labour", "call_out", "kilometre")
NOTHING = ("", "هزینه ندارد")


class MappingForm(Form):
    """The lines of one service."""

    labour = SelectOneField("ردیف دستمزد", validators=[chosen()])
    call_out = SelectOneField("ردیف اعزام")
    kilometre = SelectOneField("ردیف کیلومتر")


class MappingScreen(OneFormScreen):
    """The mapping of services to lines."""

    title = "ردیف‌های خدمت‌ها"
    path = "tariff_mapping"
    address = "/admin/tariffs/mapping"
    in_menu = False
    permissions = {"index": "tariff.read"}
    does = {"change": Does(map_tariff, "edit"), "remove": Does(unmap_tariff, "x")}

    @expose("/")
    def index(self) -> Response:
        mappings = self._mappings()
        rows = [(code, label, mappings.get(code)) for code, label in self._services().items()]
        return self.page("tariffs/mapping.html", rows=rows, usual=mappings.get(ANY_SERVICE))

    @expose("/edit/", methods=("GET", "POST"))
    def change(self) -> ResponseReturnValue:
        service = self._asked_service()
        mappings = self._mappings()
        now = mappings.get(service) or mappings.get(ANY_SERVICE) or {}
        form = MappingForm(
            posted(), labour=now.get("labour"), call_out=now.get("call_out"), kilometre=now.get("kilometre")
        )
        self._offer_lines(form)
        command = MapTariff(
            service_type=service,
            labour=form.labour.data or "",
            call_out=form.call_out.data,
            kilometre=form.kilometre.data,
        )
        told = ["آنچه پیش از این حساب شده است همان می‌ماند."]
        asking = self._asking(self._services()[service], submit="ذخیره", done="ردیف‌ها ذخیره شد.", told=told)
        return self.ask(asking, form, lambda: map_tariff(self.desk, self.viewer, command))

    @expose("/remove/", methods=("GET", "POST"))
    def remove(self) -> ResponseReturnValue:
        service = self._asked_service()
        told = ["از این پس این خدمت با ردیف‌های «همهٔ خدمت‌ها» حساب می‌شود."]
        label = self._services()[service]
        asking = self._asking(f"حذف ردیف‌های {label}", submit="حذف", done="ردیف‌ها حذف شد.", told=told)
        command = UnmapTariff(service_type=service)
        return self.ask(asking, ConfirmForm(posted()), lambda: unmap_tariff(self.desk, self.viewer, command))

    def _asking(self, title: str, *, submit: str, done: str, told: list[str]) -> OneForm:
        back = url_for("tariff_mapping.index")
        crumbs = [("تعرفه‌ها", url_for("tariffs.index")), (self.title, back)]
        return OneForm(title=title, crumbs=crumbs, submit=submit, back=back, onwards=back, done=done, told=told)

    def _services(self) -> Mapping[str, str]:
        """Every service that can be priced, the usual lines of all of them first."""
        language = self.viewer.language
        types = self.desk.registry.service_types.items()
        return {ANY_SERVICE: "همهٔ خدمت‌ها", **{code: kind.label.in_language(language) for code, kind in types}}

    def _asked_service(self) -> str:
        service = request.args.get("service", "")
        if service not in self._services():
            abort(404)
        return service

    def _mappings(self) -> Mapping[str, Row]:
        with self.reading() as reader:
            return {str(row["service_type"]): row for row in reader.list("TariffMapping", MAPPING)}

    def _offer_lines(self, form: MappingForm) -> None:
        """For each purpose the lines of any edition that have a unit of use."""
        with self.reading() as reader:
            lines = reader.list("TariffLine", want("code", "unit"))
        for purpose, units in UNITS.items():
            fitting = {(str(line["code"]), label(line["unit"], "unit")) for line in lines if line["unit"] in units}
            field = cast(SelectOneField, form[purpose])
            field.choices = [*_nothing(purpose), *_with_units(sorted(fitting))]


def _with_units(lines: Iterable[tuple[str, str]]) -> Iterable[Choice]:
    """Each code once, with the units that it has in one edition or another."""
    by_code: dict[str, list[str]] = {}
    for code, unit in lines:
        by_code.setdefault(code, []).append(unit)
    return [(code, f"{code} ({'، '.join(units)})") for code, units in by_code.items()]


def _nothing(purpose: str) -> Iterable[Choice]:
    return [("", "—")] if purpose == "labour" else [NOTHING]
