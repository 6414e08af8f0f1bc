"""Installation of the software: twice remotely, and once with the computer sent to the company or an agency."""

from backoffice.domain.coverage import Outcome
from backoffice.domain.service import Mode, Subject
from tests.stories.conftest import Give


def test_two_remote_installations_are_free_and_the_third_is_not(inside: int, give: Give):
    decisions = [give(inside, "installation") for _ in range(3)]
    assert [decision.outcome for decision in decisions] == [Outcome.ALLOWANCE, Outcome.ALLOWANCE, Outcome.TARIFF]
    assert [decision.amount for decision in decisions] == [0, 0, 10_617_600]


def test_one_case_sent_in_is_free_wherever_it_is_sent(inside: int, give: Give):
    decisions = [give(inside, "installation", mode) for mode in (Mode.AT_AGENCY, Mode.AT_COMPANY)]
    assert [decision.outcome for decision in decisions] == [Outcome.ALLOWANCE, Outcome.TARIFF]


def test_installing_again_draws_on_the_same_allowance(inside: int, give: Give):
    uses = [give(inside, service_type).allowance for service_type in ("installation", "reinstallation")]
    assert [(use.key, use.used) for use in uses] == [("installation.remote", 1), ("installation.remote", 2)]


def test_reinstalling_the_device_is_not_installing_its_software(inside: int, give: Give):
    assert give(inside, "reinstallation", Mode.AT_COMPANY, subject=Subject.DEVICE).outcome is Outcome.TARIFF


def test_after_the_period_each_installation_costs(outside: int, give: Give):
    assert give(outside, "installation").outcome is Outcome.TARIFF
