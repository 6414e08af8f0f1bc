"""What a page asks for and leads to, as a browser sees it."""

from html import unescape
from html.parser import HTMLParser
from typing import Any


class Forms(HTMLParser):
    """The fields of each form of a page that is sent by POST, as a browser would send them; where to; and all links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self.targets: list[str] = []
        self.links: set[str] = set()
        self._inside = False
        self._select = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, Any] = dict(attrs)
        if tag == "a":
            self.links.add(given.get("href") or "")
        elif tag == "form":
            self._inside = given.get("method", "").lower() == "post"
            if self._inside:
                self.found.append({})
                self.targets.append(given.get("action") or "")
        elif self._inside:
            self._field(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.found[-1][self._text] += unescape(data).strip()

    def _field(self, tag: str, given: dict[str, Any]) -> None:
        fields, name = self.found[-1], given.get("name") or ""
        if tag == "option" and self._select and ("selected" in given or self._select not in fields):
            fields[self._select] = given.get("value") or ""
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._text = name
            fields[name] = ""
        elif tag == "input" and name:
            self._input(fields, name, given)
        elif tag == "button" and name:
            fields.setdefault(name, given.get("value") or "")

    def _input(self, fields: dict[str, str], name: str, given: dict[str, Any]) -> None:
        kind, value = given.get("type", "text"), given.get("value") or ""
        if kind == "radio" and "checked" not in given:
            fields.setdefault(name, "")
        elif kind == "file":
            return
        elif kind != "checkbox" or "checked" in given:
            fields[name] = value
