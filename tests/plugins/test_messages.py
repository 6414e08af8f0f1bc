import pytest
from marshmallow import Schema, ValidationError, validate

from backoffice.domain.label import Label
from backoffice.plugins.fields import KINDS
from backoffice.plugins.messages import translate

# Said when a value cannot be written out, which never happens to one that was loaded.
UNREACHABLE = {"format"}


def defaults() -> list[str]:
    """Everything the supported field classes can say, filled in as marshmallow fills it in."""
    messages = [*Schema()._default_error_messages.values()]
    for field in KINDS:
        for base in field.__mro__:
            own = getattr(base, "default_error_messages", {})
            messages += [text for key, text in own.items() if key not in UNREACHABLE]
    filled = {"obj_type": "datetime", "awareness": "aware", "choices": "A, B", "input": "x"}
    return [text.format_map(filled) for text in dict.fromkeys(messages)]


@pytest.mark.parametrize("message", defaults())
def test_everything_a_supported_field_says_is_said_in_persian_too(message):
    detail, _, text = translate(message)
    assert detail
    assert text.en == message
    assert any("\u0600" <= letter <= "\u06ff" for letter in text.fa)


@pytest.mark.parametrize(
    ("rule", "value", "persian"),
    [
        (validate.Range(min=1), 0, "باید دست‌کم ۱ باشد."),
        (validate.Range(min=1, min_inclusive=False), 0, "باید بیش از ۱ باشد."),
        (validate.Range(max=5), 6, "باید حداکثر ۵ باشد."),
        (validate.Range(max=5, max_inclusive=False), 6, "باید کمتر از ۵ باشد."),
        (validate.Range(-1, 5), 6, "باید از -۱ تا ۵ باشد."),
        (validate.Range(1, 5, max_inclusive=False), 6, "باید دست‌کم ۱ و کمتر از ۵ باشد."),
        (validate.Range(1, 5, min_inclusive=False), 6, "باید بیش از ۱ و حداکثر ۵ باشد."),
        (validate.Range(1, 5, min_inclusive=False, max_inclusive=False), 6, "باید بیش از ۱ و کمتر از ۵ باشد."),
        (validate.Length(min=3), "a", "کوتاه‌تر از ۳ است."),
        (validate.Length(max=3), "abcd", "بلندتر از ۳ است."),
        (validate.Length(1, 3), "abcd", "طول آن باید از ۱ تا ۳ باشد."),
        (validate.Length(equal=3), "a", "طول آن باید ۳ باشد."),
        (validate.Regexp("^a$"), "b", "به شکل خواسته‌شده نیست."),
        (validate.OneOf(["a"]), "b", "باید یکی از گزینه‌ها باشد."),
    ],
)
def test_the_rules_of_a_field_are_said_in_persian_with_persian_digits(rule, value, persian):
    with pytest.raises(ValidationError) as refused:
        rule(value)
    assert translate(refused.value.messages[0]).text.fa == persian


def test_the_numbers_of_a_message_are_its_params():
    assert translate("Length must be between 1 and 3.").params == {"min": "1", "max": "3"}


def test_a_plugins_own_words_are_kept():
    assert translate("نمی‌شود").text == Label("نمی‌شود", "نمی‌شود")
