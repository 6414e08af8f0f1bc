"""A text in the languages of the product."""

from typing import Any

import pytest

from backoffice.domain.label import Label

NAME = Label(fa="نصب", en="Installation")


def test_a_label_is_read_in_a_language():
    assert (NAME.in_language("fa"), NAME.in_language("en")) == ("نصب", "Installation")


def test_a_label_stands_for_its_persian_text():
    assert str(NAME) == "نصب"


@pytest.mark.parametrize(("fa", "en"), [("نصب", ""), ("", "Installation"), (None, "Installation"), ("نصب", 7)])
def test_a_label_without_a_text_in_each_language_is_an_error(fa: Any, en: Any):
    with pytest.raises(ValueError, match="both languages"):
        Label(fa, en)


def test_a_language_without_text_is_an_error():
    with pytest.raises(KeyError):
        NAME.in_language("de")
