"""What a service type offers."""

import pytest

from backoffice.domain.service import Mode, Offering, Subject

REMOTE = frozenset({Mode.REMOTE})


@pytest.mark.parametrize(
    ("subjects", "default"),
    [
        (frozenset(Subject), Subject.SOFTWARE),
        (frozenset({Subject.SOFTWARE}), Subject.SOFTWARE),
        (frozenset({Subject.DEVICE}), Subject.DEVICE),
    ],
)
def test_software_is_meant_where_it_is_offered(subjects: frozenset[Subject], default: Subject):
    assert Offering("lock_removal", REMOTE, subjects).default_subject is default


def test_a_service_type_is_done_to_something():
    with pytest.raises(ValueError, match="no subject"):
        Offering("nothing", REMOTE, frozenset())
