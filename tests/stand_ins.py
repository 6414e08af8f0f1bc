"""Service types that tests ask for and that are not installed: bare ones with the same offering take their place.

What the desk does with a service is not its plugin's matter, so that no test of the desk needs a certain plugin: any of
``plugins/`` may be taken away. What a plugin adds is tested beside it.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

from backoffice.demo.words import words
from backoffice.domain.service import Offering
from tests.domain.examples import OFFERINGS

GROUP = "backoffice.v1"
STAND_IN = "stand_in"
"""How the names of their distributions begin."""

FIELD_OF = {str: "String", int: "Integer", bool: "Boolean"}
OF_EVERY_ONE = frozenset({"note", "topic", "software_version", "attendees"})
"""Fields that each stand-in has, since tests of the desk use them."""

MODULE = """\
from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, ServiceType, Subject, hookimpl


class Noted(Schema):
    note = fields.String(
        validate=validate.Length(max=4000), metadata={{"label": Label("یادداشت", "Note"), "multiline": True}}
    )


class Asked(Noted):
    topic = fields.String(metadata={{"label": Label("موضوع", "Topic")}})


{requested}

class Done(Noted):
    software_version = fields.String(metadata={{"label": Label("نسخه", "Version")}})
    attendees = fields.Integer(validate=validate.Range(0, 1000), metadata={{"label": Label("حاضران", "Attendees")}})
{recorded}


class StandIn(ServiceType):
    code = "{code}"
    label = Label("{code}", "{words}")
    modes = frozenset(map(Mode, {modes}))
    subjects = frozenset(map(Subject, {subjects}))
    needs_asset = {needs_asset}
    request = Asked
    result = Done


@hookimpl
def service_types():
    return [StandIn]
"""


def missing() -> list[Offering]:
    """What no installed plugin offers."""
    installed = {entry_point.name for entry_point in metadata.entry_points(group=GROUP)}
    return [offering for code, offering in OFFERINGS.items() if code not in installed]


def put_on_path(offerings: list[Offering], directory: Path) -> None:
    """Leave stand-ins as an installer would, for this process and for those that it starts."""
    for offering in offerings:
        _write(offering, directory)
    sys.path.insert(0, str(directory))
    paths = (str(directory), os.environ.get("PYTHONPATH"))
    os.environ["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)


def _write(offering: Offering, directory: Path) -> None:
    name = f"{STAND_IN}_{offering.code}"
    told = words("services")["kinds"].get(offering.code, {})
    source = MODULE.format(
        code=offering.code,
        words=offering.code.replace("_", " ").capitalize(),
        requested=_fields(told.get("request", {})),
        recorded=_fields(told.get("result", {})),
        modes=[mode.value for mode in sorted(offering.modes)],
        subjects=[subject.value for subject in sorted(offering.subjects)],
        needs_asset=offering.needs_asset,
    )
    (directory / f"{name}.py").write_text(source, encoding="utf-8")
    info = directory / f"{name}-1.0.dist-info"
    info.mkdir()
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nRequires-Dist: backoffice>=0.1,<1\n"
    (info / "METADATA").write_text(about, encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{offering.code} = {name}\n", encoding="utf-8")


def _fields(told: Mapping[str, Sequence[object]]) -> str:
    """What the demo writes down of such a service, as fields of its values' kinds, but for those of every one."""
    lines = (
        f'    {name} = fields.{FIELD_OF[type(values[0])]}(metadata={{"label": Label("{name}", "{name}")}})'
        for name, values in told.items()
        if name not in OF_EVERY_ONE
    )
    return "\n".join(lines)
