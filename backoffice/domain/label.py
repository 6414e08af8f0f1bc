"""A short text in the languages of the product."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """One text in Persian and in English, neither empty. ``str(label)`` is the Persian one."""

    fa: str
    en: str

    def __post_init__(self) -> None:
        texts: tuple[object, ...] = (self.fa, self.en)  # whatever a plugin gives: it may not be typed
        if not all(isinstance(text, str) and text for text in texts):
            raise ValueError(f"{self!r} must have a text in both languages")

    def in_language(self, language: str) -> str:
        """The text in ``language``, "fa" or "en"; raises KeyError for any other."""
        return {"fa": self.fa, "en": self.en}[language]

    def to_document(self) -> dict[str, str]:
        """The label as JSON: ``{"fa": …, "en": …}``."""
        return {"fa": self.fa, "en": self.en}

    def __str__(self) -> str:
        return self.fa
