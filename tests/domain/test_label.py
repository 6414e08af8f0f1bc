"""A text in the languages of the product."""

import pytest

from backoffice.domain.label import Label

NAME = Label(fa="نصب", en="Installation")


def test_a_label_is_read_in_a_language():
    assert (NAME.in_language("fa"), NAME.in_language("en")) == ("نصب", "Installation")


def test_a_label_stands_for_its_persian_text():
    assert str(NAME) == "نصب"


def test_a_language_without_text_is_an_error():
    with pytest.raises(KeyError):
        NAME.in_language("de")
