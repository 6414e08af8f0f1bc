import pytest

from backoffice.plugins.raised_errors import told


@pytest.fixture
def raised():
    """What this raises, with its traceback."""

    def catch(call) -> BaseException:
        with pytest.raises(Exception) as caught:  # noqa: PT011 - any
            call()
        return caught.value

    return catch


def test_an_error_is_told_with_the_last_line_of_the_plugin_that_it_went_through(raised, install):
    module = install("alpha", source="import json\n\ndef read():\n    return json.loads('no')\n")
    told_of = told(raised(__import__(module).read), module)
    assert told_of.startswith("JSONDecodeError: ")
    assert told_of.endswith(" (trial_alpha, line 13)")


def test_an_error_that_never_was_in_the_plugin_is_told_without_a_line(raised):
    assert told(raised(lambda: int("x")), "trial_alpha") == "ValueError: invalid literal for int() with base 10: 'x'"
