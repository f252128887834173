"""Rule sets at a revision, loaded in a subprocess and handed back."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from assessor import AnswersError, LoadingError, RuleSet, RuleSetError, assess
from assessor.errors import AnswerProblem, Location
from assessor.loading.load import load_ruleset
from assessor.loading.revisions import load_revision
from assessor.model.parts import KINDS
from assessor.translations.translated import in_language

# A part of every kind, and instances of the author's own classes among them.
EVERY_PART = """\
import datetime
from assessor import *


class Story(Case):
    pass


fare = Fact("fare", 0.4, unit="EUR/ride", low=0.3, high=0.5, source="https://example.org/fares", checked="2026-11-22")
card = YesNo("card", "A card?", name="the card")
way = Choice("way", "Which way?", {"long": "Long", "short": "Short"}, formerly={"long": "far"}, asked_when=~card)
rides = Number("rides", "How many rides?", unit="ride", minimum=0, maximum=100, step=1)
since = Fact("since", datetime.date(2026, 8, 31), source="https://example.org/since", checked="2026-11-22")
moved = Date("moved", "When did you move?", statement="you moved {when}", asked_when=card)
pull = Score("pull", "Pull of the bus", {card: 2, way: {"long": 1.5}, card & (moved < since + months(3)): -1})
bus, walk = Outcome("bus", "Bus", next_steps=["Go."]), Outcome("walk", "Walk")
often = Criterion("often", "you ride often", rides >= 10)
means = Decision(
    "means",
    "Means",
    [
        Rule(any_of(card, often, at_least(1, way.is_("long"), card)), bus, "so"),
        Rule(pull >= 3, bus, "pulled"),
        otherwise(walk, "else"),
    ],
)
front, back = Outcome("front", "In front"), Outcome("back", "In the back")
seat = Decision("seat", "Seat", [Rule(means.is_("bus") & often, front, "so"), otherwise(back, "else")])
cost, more = (Estimate(id, "Cost", fare * rides) for id in ("cost", "more"))
ruleset = RuleSet(
    "ways",
    title="Ways",
    facts=[fare],
    criteria=[often],
    sections=[Section("all", "All", [card, way, rides]), Section("more", "More", [moved], asked_when=card)],
    outcomes=[bus, walk, front, back],
    decisions=[means, seat],
    actions=[Action("buy", "Buy a card", [bus], when=~card, gap=True)],
    estimates=[cost, more],
    charts=[Chart("costs", "Costs", [cost, more], compare=(cost, more))],
    cases=[
        Case("clerk", "A clerk", "She rides.", {"card": True, "rides": None}, bus, actions=[]),
        Story("judge", "A judge", "He walks.", {"card": False, "way": "short", "rides": 2}, walk),
    ],
)
"""

RULES = """\
from enum import Enum, IntEnum
from assessor import Number, Outcome, Rule, RuleSet, Section, YesNo, otherwise


class Word(str, Enum):
    STAY = "stay"


class Limit(IntEnum):
    MOST = 5


class Pager(YesNo):
    def twice(self) -> str:
        return self.wording * 2


class Rules(RuleSet):
    pass


pager, size = Pager("pager", "Pager?"), Number("size", "Size?", minimum=0, maximum=Limit.MOST)
stay, go = Outcome(Word.STAY, "Stay"), Outcome("go", "Go")
ruleset = Rules(
    "hosting",
    title="Hosting",
    sections=[Section("all", "All", [pager, size])],
    outcomes=[stay, go],
    rules=[Rule(pager & (size >= Limit.MOST), go, "so it is"), otherwise(stay, "else")],
)
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository, and the working directory in it."""
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    subprocess.run(["git", "init", "--quiet"], check=True)
    return folder


def commit(file: Path, text: str) -> None:
    """Commit a file, and delete it from the working copy."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "add", str(file)], check=True)
    subprocess.run(["git", *identity, "commit", "--quiet", "-m", "x"], check=True)
    file.unlink()


def failure(reference: str) -> str:
    with pytest.raises(LoadingError) as raised:
        load_revision(reference)
    return str(raised.value)


def test_instances_of_the_authors_classes_come_back(repository: Path) -> None:
    commit(repository / "rules.py", RULES)
    modules, path = dict(sys.modules), list(sys.path)
    ruleset = load_revision("git:HEAD:rules.py")
    assert (sys.modules, sys.path, Path.cwd()) == (modules, path, repository)
    assert type(ruleset) is RuleSet
    assert [type(question).__name__ for question in ruleset.questions] == ["YesNo", "Number"]
    assert type(ruleset.outcomes[0].id) is str
    assert ruleset.location.line == RULES[: RULES.index("Rules(\n")].count("\n") + 1
    assert assess(ruleset, {"pager": True, "size": 5})["outcome"] == "go"
    assert assess(ruleset, {"pager": False})["outcome"] == "stay"


def test_every_kind_of_part_comes_back(repository: Path) -> None:
    commit(repository / "rules.py", EVERY_PART)
    past = load_revision("git:HEAD:rules.py")
    (repository / "rules.py").write_text(EVERY_PART)
    present = load_ruleset("rules.py")
    for kind in KINDS:
        assert getattr(present, kind), f"the rule set has none: {kind}"
        assert repr(getattr(past, kind)) == repr(getattr(present, kind)).replace("Story(", "Case(")
    for case in past.cases:
        with pytest.raises(TypeError):
            case.answers["card"] = False  # type: ignore[index]
    (pull,) = past.scores
    for points in (pull.points, pull.points[past.questions_by_id["way"]]):  # type: ignore[index]
        with pytest.raises(TypeError):
            points[past.questions_by_id["card"]] = 5  # type: ignore[index]


def test_a_broken_translation_is_named_by_its_revision(repository: Path) -> None:
    titles = {"bus": "{en: Bus, de: Zu Fuß}", "walk": "{en: Walk, de: Zu Fuß}"}
    words = "".join(f"outcome {id}:\n  title: {title}\n" for id, title in titles.items())
    commit(repository / "rules.de.yml", f"language: de\n{words}")
    translated = 'title="Ways", language="en", translations="rules.*.yml"'
    commit(repository / "rules.py", EVERY_PART.replace('title="Ways"', translated))
    ruleset = load_revision("git:HEAD:rules.py")
    with pytest.raises(RuleSetError, match="has twice the outcome 'Zu Fuß'") as raised:
        in_language(ruleset, "de")
    assert raised.value.location.path == "HEAD:rules.de.yml"


def test_a_package_with_relative_imports_loads_by_path_and_by_name(repository: Path) -> None:
    commit(repository / "guide" / "__init__.py", "")
    commit(repository / "guide" / "parts.py", RULES)
    commit(repository / "guide" / "rules.py", "from .parts import ruleset\n")
    for reference in ("git:HEAD:guide/rules.py", "git:HEAD:guide.rules"):
        assert load_revision(reference).id == "hosting"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            "from assessor import YesNo\n\nYesNo('Pager', 'x')\n",
            "HEAD:rules.py:3: 'Pager' cannot be the id of a question",
        ),
        ("lost\n", "HEAD:rules.py:1: name 'lost' is not defined"),
        ("import os\nos._exit(3)\n", "'rules.py' at HEAD ended Python with the status 3"),
        (
            RULES.replace(
                "    pass",
                "    note = 1\n    def __post_init__(self):\n        super().__post_init__()\n"
                "        object.__setattr__(self, 'more', lambda: 1)",
            ),
            "HEAD:rules.py:21: the rule set holds what",
        ),
    ],
)
def test_errors_come_back_with_their_place(code: str, message: str, repository: Path) -> None:
    commit(repository / "rules.py", code)
    assert failure("git:HEAD:rules.py").startswith(message)


def test_an_interrupt_comes_back(repository: Path) -> None:
    commit(repository / "rules.py", "raise KeyboardInterrupt\n")
    with pytest.raises(KeyboardInterrupt):
        load_revision("git:HEAD:rules.py")


def test_a_module_of_the_working_copy_is_refused(repository: Path) -> None:
    find = "import sys, pathlib\nsys.path.insert(0, {!r})\nimport parts_now\n".format(str(repository / "now"))
    commit(repository / "rules.py", find + RULES)
    (repository / "now").mkdir()
    (repository / "now" / "parts_now.py").write_text("")
    assert failure("git:HEAD:rules.py").startswith("Python read the module 'parts_now' from")


@pytest.mark.parametrize(
    "error",
    [
        RuleSetError("wrong", Location("rules.py", 3)),
        LoadingError("lost", Location("rules.py")),
        LoadingError("lost"),
        AnswersError([AnswerProblem("a", "no"), AnswerProblem("b", "no", Location("answers.yml", 2))]),
    ],
)
def test_errors_can_be_pickled(error: Exception) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))
