"""A short text in the languages of the product."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """One text in Persian and in English. ``str(label)`` is the Persian one."""

    fa: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in ``language``, "fa" or "en"; raises KeyError for any other."""
        return {"fa": self.fa, "en": self.en}[language]

    def to_document(self) -> dict[str, str]:
        """The label as JSON: ``{"fa": …, "en": …}``."""
        return {"fa": self.fa, "en": self.en}

    def __str__(self) -> str:
        return self.fa
