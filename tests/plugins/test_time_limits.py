"""A plugin that does not come back holds nobody up for long, and in the end is not asked any more."""

from collections.abc import Callable, Iterator
from threading import Event, current_thread

import pytest

from backoffice.plugins import Label, Mode, ServiceType, time_limits
from backoffice.plugins.time_limits import CHANCES, Left, TookTooLong, is_stopped, wait_for


class Trial(ServiceType):
    code, label = "trial", Label("آزمایشی", "Trial")
    modes = frozenset({Mode.REMOTE})


@pytest.fixture
def kind() -> ServiceType:
    return Trial()


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """What a call may wait for in vain; patience is short meanwhile."""
    monkeypatch.setattr(time_limits, "BUDGET_SECONDS", 0.01)
    event = Event()
    yield event
    event.set()


def give_up(kind: ServiceType, endless: Event) -> None:
    with pytest.raises(TookTooLong, match="longer than"):
        wait_for(kind, "check", endless.wait)


def test_what_a_call_gives_is_given(kind: ServiceType):
    assert wait_for(kind, "check", lambda: 7) == 7


def raising(error: BaseException) -> Callable[[], None]:
    def call() -> None:
        raise error

    return call


def test_what_a_call_raises_is_raised(kind: ServiceType):
    error = ValueError("a bug")
    with pytest.raises(ValueError, match="a bug") as raised:
        wait_for(kind, "check", raising(error))
    assert raised.value is error


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), GeneratorExit()], ids=repr)
def test_what_would_end_the_desk_ends_the_call_only(kind: ServiceType, error: BaseException):
    with pytest.raises(Left, match=f"it raised {type(error).__name__}") as raised:
        wait_for(kind, "check", raising(error))
    assert raised.value.__cause__ is error


def test_a_method_that_answers_does_not_excuse_another_that_does_not(kind: ServiceType, endless: Event, monkeypatch):
    for _ in range(CHANCES - 1):
        give_up(kind, endless)
        with monkeypatch.context() as patient:
            patient.setattr(time_limits, "BUDGET_SECONDS", 60.0)
            wait_for(kind, "decide", lambda: None)
    assert not is_stopped(kind)
    give_up(kind, endless)
    assert is_stopped(kind)


def test_a_call_is_in_a_thread_that_a_process_may_leave_behind(kind: ServiceType):
    thread = wait_for(kind, "check", current_thread)
    assert (thread.name, thread.daemon) == ("plugin trial", True)


def test_a_call_that_does_not_come_back_is_given_up(kind: ServiceType, endless: Event):
    give_up(kind, endless)
    assert not is_stopped(kind)


def test_a_type_that_never_comes_back_is_not_asked_any_more(kind: ServiceType, endless: Event):
    for _ in range(CHANCES):
        give_up(kind, endless)
    asked: list[int] = []
    with pytest.raises(TookTooLong, match="asked no more"):
        wait_for(kind, "check", lambda: asked.append(1))
    assert is_stopped(kind)
    assert asked == []


def test_a_type_that_comes_back_has_all_its_chances_again(kind: ServiceType, endless: Event, monkeypatch):
    for _ in range(CHANCES - 1):
        give_up(kind, endless)
    with monkeypatch.context() as patient:
        patient.setattr(time_limits, "BUDGET_SECONDS", 60.0)
        wait_for(kind, "check", lambda: None)
    give_up(kind, endless)
    assert not is_stopped(kind)


def test_one_type_is_not_answerable_for_another(kind: ServiceType, endless: Event):
    for _ in range(CHANCES):
        give_up(kind, endless)
    assert not is_stopped(Trial())
