"""Options as attributes of a choice: `residency.elsewhere`."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable

import pytest

from assessor import Choice, Criterion, Option, Options, Rule, RuleSetError, assess
from tests.support.assessor.mistakes import error_of
from tests.support.assessor.samples import GO, STAY, rules_of

PLACES = {"home": "At home", "not-sure": "Not sure", "hint": "A hint", "3-years": "Three"}


class Residency(Options):
    home = Option("home", "In our country")
    not_sure = Option("not-sure", "We are not sure", formerly=["unsure"])


residency = Residency("residency", "Where must the data stay?", hint="Ask your lawyer.")


def test_an_option_is_an_attribute_with_low_lines_for_hyphens() -> None:
    place = Choice("place", "Where?", PLACES)
    assert place.home == place.is_("home")
    assert place.not_sure == place.is_("not-sure")
    assert ~place.home & place.not_sure == ~place.is_("home") & place.is_("not-sure")


def test_an_option_called_as_an_attribute_is_reached_by_is() -> None:
    place = Choice("place", "Where?", PLACES, hint="Look around.")
    assert place.hint == "Look around."
    assert place.is_("hint").options == ("hint",)


def test_a_class_of_options_makes_a_plain_choice() -> None:
    options = [Option("home", "In our country"), Option("not-sure", "We are not sure", formerly=["unsure"])]
    assert residency == Choice("residency", "Where must the data stay?", options, hint="Ask your lawyer.")
    assert type(residency).__name__ == "Choice"
    assert residency.location.path == __file__
    # Type checkers know each, and refuse every other: mypy fails on an "ignore" that is not needed.
    assert residency.home & ~residency.not_sure == residency.is_("home") & ~residency.is_("not-sure")
    with pytest.raises(RuleSetError, match=r"no option and no attribute 'hom'\. Did you mean 'home'"):
        residency.hom  # type: ignore[attr-defined]  # noqa: B018


def test_a_class_of_options_is_not_the_options_of_another_choice() -> None:
    with pytest.raises(RuleSetError, match=r"with the class itself: Residency\('residency', …\)"):
        Choice("residency", "Where?", Residency)  # type: ignore[arg-type]


def test_a_class_of_options_can_have_those_of_another() -> None:
    class More(Residency):
        abroad = Option("abroad", "Abroad")

    assert More("a", "A?").option_ids == ("home", "not-sure", "abroad")


def test_rules_decide_by_attributes() -> None:
    ruleset = rules_of(Rule(residency.home, GO, "at home"), questions=[residency])
    found = [assess(ruleset, {"residency": each})["outcome"] for each in residency.option_ids]
    assert found == [GO.id, STAY.id]


def test_a_choice_can_be_copied_pickled_and_asked_for_attributes() -> None:
    place = Choice("place", "Where?", PLACES)
    assert pickle.loads(pickle.dumps(place)) == copy.deepcopy(place) == copy.copy(place) == place
    assert dataclasses.replace(place, hint="x").home.question.hint == "x"
    assert not hasattr(place, "minimum")


def misspelt() -> object:
    place = Choice("place", "Where?", PLACES)
    return place.not_shure  # mistake


def of_no_such_name() -> object:
    size = Choice("size", "Which?", {"s": "Small", "large-one": "Large"})
    return size.colour  # mistake


def an_attribute_for_an_option() -> object:
    place = Choice("place", "Where?", PLACES)
    return Criterion("c", "you know", place.hint)  # type: ignore[arg-type]  # mistake


def a_class_with_an_attribute() -> object:
    class Place(Options):  # mistake
        hint = Option("hint", "A hint")  # type: ignore[assignment]

    return Place


def a_class_with_another_name() -> object:
    class Place(Options):  # mistake
        abroad = Option("far-away", "Far away")

    return Place


def a_class_of_nothing() -> object:
    class Place(Options):
        pass

    return Place("place", "Where?")  # mistake


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (misspelt, "question 'place' has no option and no attribute 'not_shure'. Did you mean 'not_sure'?"),
        (of_no_such_name, "has no option and no attribute 'colour'. Known: 's', 'large_one'."),
        (
            an_attribute_for_an_option,
            "if an option is called as an attribute of its question, write ",
        ),
        (a_class_with_an_attribute, "class Place: every choice has an attribute 'hint', so no option of a class is"),
        (a_class_with_another_name, "class Place: option 'far-away' is called 'abroad'; name it as its id"),
        (a_class_of_nothing, "question 'place' needs at least two options"),
    ],
)
def test_a_mistake_names_the_option_and_its_line(make: Callable[[], object], message: str) -> None:
    assert message in error_of(make).message
