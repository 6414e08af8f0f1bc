"""Texts in the database's own folding, and texts that no database takes."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import literal, select

from backoffice.domain.text import fold
from backoffice.models.base import Words
from backoffice.query.comparable_text import folded, storable
from tests.query.building import World

LETTERS = st.characters(min_codepoint=0x20, max_codepoint=0x6FF) | st.sampled_from("\u200c\u0622\u06c0\ufdfa")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(LETTERS, max_size=40))
@example(text="علي‌ كتابة مُدَرِّسـه أإٱ ؤ ئ ۱۲۳ ٤٥٦ ABC ا\u0653 ه\u0654")
@example(text="'; -- \\ % _")
def test_the_database_folds_a_column_as_the_desk_folds_a_text(world: World, text: str):
    assert world.session.scalar(select(folded(literal(text, Words)))) == fold(text)


@given(st.text(st.characters(), max_size=10))
def test_what_is_storable_stays_as_it_is_and_the_rest_becomes_it(text: str):
    made = storable(text)

    assert "\0" not in made
    assert made.encode().decode() == made
    assert len(made) == len(text)
