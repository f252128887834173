"""The slot `diagram`: all of the diagram in the picture and in words, legible, and the same at every build."""

from __future__ import annotations

import datetime
import functools
import itertools
import operator
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from assessor import Choice, Date, Number, Outcome, Rule, RuleSet, YesNo, all_of, at_least, load_ruleset, otherwise
from assessor.language.words import load_words
from assessor.logic.bundle import children_of
from assessor.logic.compiling.compile import compile_ruleset
from mkdocs_assessor.diagram.outline import answer_texts
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.page.syntax import Slot
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.slots import render_slot
from tests.support.assessor.samples import GO, STAY, ruleset_of, yes_no
from tests.support.plugin.html_pages import read
from tests.support.rulesets import random_ruleset, thresholds

BUNDLED = "assessor.rulesets.self_hosting"
ELSE = otherwise(STAY, "nothing else fits")
_SLOT = Slot("", "diagram", "", "<!-- assessor/diagram -->")
# What text of 12 pixels takes, in a font as wide as DejaVu Sans.
_CHARACTER, _ABOVE, _BELOW = 6.0, 10, 3


def rendered(ruleset: RuleSet, page: Page | None = None) -> str:
    return render_slot(Guide.of(ruleset), _SLOT, page or Page())


def tree_of(ruleset: RuleSet) -> Element:
    """The diagram, or that of the first of several decisions."""
    return read(rendered(ruleset).partition('\n<div class="assessor assessor-diagram"')[0])


def found(root: Element, tag: str) -> list[Element]:
    return list(root.iter(tag))


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def picture_of(root: Element) -> Element:
    (picture,) = found(root, "svg")
    return picture


def numbers() -> RuleSet:
    people = Number("people", "How many people?", unit="FTE", minimum=0, maximum=10_000_000)
    a, b, c = (Outcome(each, each.title()) for each in "abc")
    rules = [Rule(people < 1, a, "x"), Rule(people < 2, b, "x"), Rule(people < 3, a, "x"), otherwise(c, "x")]
    return ruleset_of([people], rules, outcomes=[a, b, c])


def sides() -> RuleSet:
    people = Number("people", "How many people?", unit="FTE", minimum=0, maximum=50)
    a, b, c, d = (Outcome(each, each.title()) for each in "abcd")
    rules = [Rule(people <= 1, a, "x"), Rule(people < 5, b, "x"), Rule(people <= 5, c, "x"), Rule(people > 9, b, "x")]
    return ruleset_of([people], [*rules, otherwise(d, "x")], outcomes=[a, b, c, d])


def gap() -> RuleSet:
    size = Choice("size", "Which size?", {"small": "Small", "middle": "A size in the midst of both", "large": "Large"})
    return ruleset_of([size], [Rule(size.is_("small"), GO, "x"), Rule(size.is_("large"), STAY, "x")])


def unreached() -> RuleSet:
    a = yes_no("a")
    lost = Outcome("lost", "Lost", "Nobody gets here.")
    return ruleset_of([a], [Rule(a, GO, "x"), ELSE], outcomes=[STAY, GO, lost])


def awkward() -> RuleSet:
    options = {"a": '<script>alert("&amp;")</script>', "b": "x" * 90, "c": "漢字" * 20, "d": "d", "e": "e", "f": "f"}
    choice = Choice("choice", "Is 1 < 2 & 'so' \"on\"?", options)
    then, never = Outcome("then", "<b>Then</b> & go"), Outcome("never", "N" * 60)
    tests = [Rule(choice.is_("a", "b", "c", "f"), then, "x"), Rule(choice.is_("d"), never, "x"), ELSE]
    return ruleset_of([choice], tests, outcomes=[then, never, STAY])


def entangled(count: int, least: int) -> RuleSet:
    questions = [yes_no(f"q{number}") for number in range(count)]
    return ruleset_of(questions, [Rule(at_least(least, *questions), GO, "x"), ELSE])


def chance(seed: int) -> RuleSet:
    rng = random.Random(seed)
    while True:
        ruleset = random_ruleset(rng, most_questions=9, most_rules=8)
        every = [each for question in ruleset.questions for each in thresholds(ruleset, question)]
        # Words round what has 16 digits and more: 0.1 + 0.2 is 0.3 to readers.
        if all(len(repr(each)) < 17 for each in every):
            return ruleset


def one_question() -> RuleSet:
    question = yes_no("a")
    return ruleset_of([question], [Rule(question, GO, "x"), ELSE])


CASES: dict[str, Callable[[], RuleSet]] = {
    "the bundled guide": lambda: load_ruleset(BUNDLED),
    "one question": one_question,
    "a number with three cuts": numbers,
    "a number with thresholds on either side": sides,
    "a gap": gap,
    "an outcome that no answers reach": unreached,
    "awkward words": awkward,
    "sixty nodes": lambda: entangled(15, 6),
    **{f"chance {seed}": functools.partial(chance, seed) for seed in range(40)},
}


@pytest.fixture(params=CASES, scope="module")
def ruleset(request: pytest.FixtureRequest) -> RuleSet:
    return CASES[request.param]()


# What is in it


@dataclass(frozen=True)
class Diagram:
    """The diagram of the outcome, read from the bundle in the plainest way."""

    nodes: set[int]
    edges: set[tuple[int, int]]
    leaves: set[int]


def diagram_of(ruleset: RuleSet) -> Diagram:
    bundle = compile_ruleset(ruleset)
    children = children_of(bundle)
    nodes: set[int] = set()
    edges = set()
    waiting = [bundle["roots"]["outcome"]]
    leaves = {~each for each in waiting if each < 0}
    while waiting:
        node = waiting.pop()
        if node < 0 or node in nodes:
            continue
        nodes.add(node)
        edges |= {(node, child) for child in children[node]}
        leaves |= {~child for child in children[node] if child < 0}
        waiting += children[node]
    return Diagram(nodes, edges, leaves)


def name_of(element: Element, prefix: str) -> str:
    """Return which node or outcome an element is about, such as "node 3"; nothing, if it is about none."""
    names = {kind: element.get(prefix + kind) for kind in ("node", "outcome")}
    return " ".join(f"{kind} {name}" for kind, name in names.items() if name is not None)


def edges_in_picture(picture: Element) -> list[tuple[str, str]]:
    return [
        (branch.get("data-from", ""), name_of(lines, "data-to-"))
        for lines in found(picture, "g")
        for branch in lines
        if "data-from" in branch.attrib
    ]


def edges_in_words(ruleset: RuleSet, root: Element) -> list[tuple[str, str]]:
    ids = {outcome.title: f"outcome {outcome.id}" for outcome in ruleset.outcomes} | {"No rule decides": "outcome "}
    return [
        (str(number), ids[text_of(target)] if target.tag == "strong" else f"node {text_of(target)}")
        for number, item in enumerate(found(root, "li"), start=1)
        for target in item.iter()
        if target.tag in ("strong", "a")
    ]


def test_every_node_edge_and_outcome_is_in_the_picture_and_in_the_words(ruleset: RuleSet) -> None:
    diagram, root = diagram_of(ruleset), tree_of(ruleset)
    if not diagram.nodes:
        assert found(root, "svg") == []
        return
    picture = picture_of(root)
    bundle = compile_ruleset(ruleset)
    boxes = [box.get("data-node") for box in found(picture, "g") if "data-node" in box.attrib]
    assert boxes == [str(number + 1) for number in range(len(diagram.nodes))]
    drawn, said = edges_in_picture(picture), edges_in_words(ruleset, root)
    assert sorted(drawn) == sorted(said)
    assert len(drawn) == len(set(drawn)) == len(diagram.edges)
    names = {*bundle["outcomes"], *([""] if len(bundle["outcomes"]) in diagram.leaves else [])}
    shown = [box.get("data-outcome") for box in found(picture, "g") if "data-outcome" in box.attrib]
    assert sorted(map(str, shown)) == sorted(names)
    for outcome in ruleset.decisions[0].outcomes if ruleset.decisions else ruleset.outcomes:
        assert outcome.title in text_of(root)


def test_the_words_decide_as_the_bundle_does(ruleset: RuleSet) -> None:
    """Follow both from the root, for every way of answering what is met: the words must lead to the same outcome."""
    bundle = compile_ruleset(ruleset)
    steps = [text_of(item).partition(" — ") for item in found(tree_of(ruleset), "li")]
    titles = [next(each.title for each in ruleset.outcomes if each.id == name) for name in bundle["outcomes"]]
    titles.append("No rule decides")
    children = children_of(bundle)
    seen = set()
    waiting = [(bundle["roots"]["outcome"], 1)]
    while waiting:
        node, number = waiting.pop()
        if node < 0 or (node, number) in seen:
            continue
        seen.add((node, number))
        position = bundle["nodes"][node][0]
        question = ruleset.questions[position]
        wording, _, branches = steps[number - 1]
        assert wording == " ".join(question.wording.split())
        for cell, child in enumerate(children[node]):
            target = _lead(question, bundle["questions"][position].get("cuts", []), cell, branches.removesuffix("."))
            if child < 0:
                assert target == titles[~child]
            else:
                waiting.append((child, int(target.removeprefix("go to "))))
    assert len({node for node, _ in seen}) == len(seen) == len(steps)


def _lead(question: object, cuts: Sequence[float | str], cell: int, branches: str) -> str:
    """Return what a step's words say that a cell leads to."""
    for branch in branches.split("; "):
        answers, _, target = branch.rpartition(": ")
        if answers == "otherwise" or _says(question, cuts, cell, answers):
            return target
    raise AssertionError((cell, branches))


def _says(question: object, cuts: Sequence[Any], cell: int, answers: str) -> bool:
    if isinstance(question, Choice):
        return question.options[cell].label in re.findall("“([^”]*)”", answers)
    if isinstance(question, YesNo):
        return answers == ("Yes" if cell else "No")
    if isinstance(question, Date):
        day = cuts[cell - 1] if cell else question.minimum
        return any(
            _is_when(datetime.date.fromisoformat(day), stretch)
            for stretch in answers.replace("on or ", "on/").split(" or ")
        )
    # The least answer of the cell, which tells "at least 5" from "more than 5".
    value = cuts[cell - 1] if cell else cuts[0] - 1 - abs(cuts[0])
    return any(_is_in(value, stretch) for stretch in answers.split(" or "))


def _is_when(day: datetime.date, stretch: str) -> bool:
    """Return whether a day is in a stretch such as "on/after 1 March 2027 and before 2 May 2027"."""
    signs = {"on/after": operator.ge, "after": operator.gt, "before": operator.lt, "on/before": operator.le}
    for part in stretch.split(" and "):
        kind, written = re.fullmatch(r"(?:(\D+) )?(\d+ \w+ \d+)", part).groups()  # type: ignore[union-attr]  # it matches
        number, month, year = written.split()
        # `strptime` wants four digits of the year.
        bound = datetime.datetime.strptime(f"{number} {month} {year:0>4}", "%d %B %Y").date()
        if not signs.get(kind, operator.eq)(day, bound):
            return False
    return True


def _is_in(value: float, stretch: str) -> bool:
    bounds = {
        "at least": operator.ge,
        "more than": operator.gt,
        "less than": operator.lt,
        "at most": operator.le,
    }
    if re.match(r"-?\d", stretch):
        return value == float(stretch.split(maxsplit=1)[0].replace(",", ""))
    found = ((holds, re.search(rf"{words} (-?[\d,.]*\d)", stretch)) for words, holds in bounds.items())
    return all(holds(value, float(bound[1].replace(",", ""))) for holds, bound in found if bound)


def test_signs_tell_on_which_side_a_threshold_is() -> None:
    compiled = compile_ruleset(sides())["questions"][0]
    question = sides().questions[0]
    words = load_words("en")
    signs = [answer_texts(question, compiled, [cell], words, "sign")[0] for cell in range(5)]
    assert signs == ["≤ 1 FTE", "> 1 to < 5 FTE", "5 FTE", "> 5 to 9 FTE", "> 9 FTE"]


def test_the_same_rule_set_gives_the_same_bytes() -> None:
    code = (
        "from assessor import load_ruleset; from mkdocs_assessor.page.page import Page;"
        "from mkdocs_assessor.render.guide import Guide; from mkdocs_assessor.render.slots import render_slot;"
        "from mkdocs_assessor.page.syntax import Slot;"
        f"guide, slot = Guide.of(load_ruleset('{BUNDLED}')), {_SLOT!r};"
        "import sys; sys.stdout.buffer.write(render_slot(guide, slot, Page()).encode())"
    )
    path = os.pathsep.join(filter(None, sys.path))
    bytes_of = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert bytes_of[0] == bytes_of[1] == rendered(load_ruleset(BUNDLED)).encode()


def test_answers_stand_in_the_boxes_and_letters_are_explained_beside_them() -> None:
    texts = [text_of(each) for each in found(picture_of(tree_of(numbers())), "text")]
    for sign, answer in zip("ABCD", ["< 1 FTE", "1 to < 2 FTE", "2 to < 3 FTE", "≥ 3 FTE"], strict=True):
        assert texts.index(answer) == texts.index(sign) + 1
    assert "A, C" in texts
    assert "B" in texts[6:]
    assert {"Yes", "No"} <= {text_of(each) for each in found(picture_of(tree_of(unreached())), "text")}
    assert {"A", "B", "C"} <= {text_of(each) for each in found(picture_of(tree_of(gap())), "text")}


def test_neighbouring_answers_are_shortened() -> None:
    texts = {text_of(each) for each in found(picture_of(tree_of(awkward())), "text")}
    assert {"A–C, F", "D", "E"} <= texts


def test_a_number_reads_as_stretches() -> None:
    words = text_of(found(tree_of(numbers()), "li")[0])
    assert words == ("How many people? — at least 1 and less than 2 FTE: B; at least 3 FTE: C; otherwise: A.")


def test_words_are_escaped() -> None:
    html = rendered(awkward())
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html
    assert "Is 1 < 2 & 'so' \"on\"?" in text_of(tree_of(awkward()))


# What it says of itself


def test_the_picture_is_named_and_described() -> None:
    root = tree_of(load_ruleset(BUNDLED))
    picture = picture_of(root)
    ids = {element.get("id"): element for element in root.iter() if "id" in element.attrib}
    assert picture.get("role") == "img"
    title = text_of(ids[picture.get("aria-labelledby", "")])
    assert title == "How the answers lead to an outcome: Self-hosting vs Cloud"
    assert text_of(ids[picture.get("aria-describedby", "")]).startswith(
        "A decision diagram: 24 boxes over 21 questions lead to 7 outcomes."
    )
    (region,) = [each for each in root.iter() if each.get("role") == "region"]
    assert region.get("tabindex") == "0"
    assert region.get("aria-label")
    assert all(link.get("href", "")[1:] in ids for link in found(root, "a"))


def test_the_picture_has_the_colour_of_the_text_and_no_style_of_its_own() -> None:
    picture = picture_of(tree_of(load_ruleset(BUNDLED)))
    colours = {each.get(name) for each in picture.iter() for name in ("fill", "stroke")}
    assert colours == {"currentColor", "none", None}
    # A strict content security policy would refuse it.
    assert not any("style" in each.attrib or each.tag == "style" for each in picture.iter())


def test_two_on_one_page_have_ids_of_their_own() -> None:
    page = Page()
    html = rendered(numbers(), page) + rendered(numbers(), page)
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids)) == 6


def test_a_page_with_a_diagram_alone_needs_no_script() -> None:
    page = Page()
    rendered(numbers(), page)
    assert page.used == set()


# Sizes


def test_nothing_to_decide_is_said() -> None:
    root = tree_of(ruleset_of())
    assert found(root, "svg") == []
    assert "whatever is answered, the outcome is Stay." in text_of(root)
    assert "No answers lead to: Go." in text_of(root)


def test_a_large_diagram_is_a_list_alone() -> None:
    ruleset = entangled(24, 12)
    count = len(diagram_of(ruleset).nodes)
    assert count > 80
    root = tree_of(ruleset)
    assert found(root, "svg") == []
    assert f"has {count} nodes" in text_of(root)
    assert len(found(root, "li")) == count


def test_a_huge_diagram_is_a_sentence() -> None:
    ruleset = entangled(80, 40)
    root = tree_of(ruleset)
    assert f"has {len(diagram_of(ruleset).nodes)} nodes" in text_of(root)
    assert found(root, "svg") + found(root, "li") == []


def test_the_bundled_guide_fits_beside_a_sidebar() -> None:
    """Material leaves 688 pixels; in them nothing is scrolled, and text is as large as it was laid out."""
    picture = picture_of(tree_of(load_ruleset(BUNDLED)))
    assert float(picture.get("width", "")) <= 680
    assert picture.get("viewbox") == f"0 0 {picture.get('width')} {picture.get('height')}"
    assert float(picture.get("font-size", "")) >= 11


# Places


@dataclass(frozen=True)
class Rectangle:
    """What something covers."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Rectangle) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, x: float, y: float) -> bool:
        return self.left < x < self.right and self.top < y < self.bottom


def box_of(element: Element) -> Rectangle:
    x, y, width, height = (float(element.get(name, "")) for name in ("x", "y", "width", "height"))
    return Rectangle(x, y, x + width, y + height)


def lines_of(text: Element) -> Iterator[tuple[str, Rectangle]]:
    x, y = float(text.get("x", "")), float(text.get("y", ""))
    for line in found(text, "tspan") or [text]:
        y += float(line.get("dy", "0"))
        said = "".join(line.itertext())
        # Wide characters are twice as wide, narrow ones half: about right is enough to see an overlap.
        width = sum(12 if ord(each) > 0x2E80 else 3.4 if each in "iljtf .,:;'!|I" else _CHARACTER for each in said)
        left = x - width / 2 if text.get("text-anchor") == "middle" else x
        yield said, Rectangle(left, y - _ABOVE, left + width, y + _BELOW)


def points_of(path: str) -> Iterator[tuple[float, float]]:
    """Yield points along a path of M, V and C commands."""
    x = y = 0.0
    for command, values in re.findall(r"([MVC])([^MVC]*)", path):
        given = [float(value) for value in values.split()]
        if command == "M":
            x, y = given
        elif command == "V":
            for step in range(1, 21):
                yield x, y + (given[0] - y) * step / 20
            (y,) = given
        else:
            x1, y1, x2, y2, x3, y3 = given
            for step in range(21):
                t = step / 20
                u = 1 - t
                yield (
                    u**3 * x + 3 * u * u * t * x1 + 3 * u * t * t * x2 + t**3 * x3,
                    u**3 * y + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t**3 * y3,
                )
            x, y = x3, y3


def test_nothing_stands_on_anything_else(ruleset: RuleSet) -> None:
    root = tree_of(ruleset)
    if not found(root, "svg"):
        return
    picture = picture_of(root)
    whole = Rectangle(0, 0, float(picture.get("width", "")), float(picture.get("height", "")))
    groups = [each for each in found(picture, "g") if {"data-node", "data-outcome"} & set(each.attrib)]
    boxes = [box_of(next(iter(found(group, "rect")))) for group in groups]
    texts = [line for text in found(picture, "text") for line in lines_of(text)]
    for one, other in itertools.combinations(boxes, 2):
        assert not one.overlaps(other)
    for (said, one), (also, other) in itertools.combinations(texts, 2):
        assert not one.overlaps(other), (said, also)
    for group, box in zip(groups, boxes, strict=True):
        for text in found(group, "text"):
            for said, line in lines_of(text):
                assert box.left <= line.left, said
                assert line.right <= box.right, said
                assert box.top <= line.top, said
                assert line.bottom <= box.bottom, said
        assert whole.left <= box.left
        assert box.right <= whole.right
        assert whole.top <= box.top
        assert box.bottom <= whole.bottom
    for group in found(picture, "g"):
        for path in list(group)[:-1] if name_of(group, "data-to-") else ():
            for x, y in points_of(path.get("d", "")):
                assert not any(box.holds(x, y) for box in boxes), (name_of(group, "data-to-"), x, y)
                assert not any(text.holds(x, y) for _, text in texts), (name_of(group, "data-to-"), x, y)


def test_lines_begin_at_their_answers_and_end_at_their_targets(ruleset: RuleSet) -> None:
    root = tree_of(ruleset)
    boxes = {
        name_of(each, "data-"): box_of(found(each, "rect")[0]) for each in found(root, "g") if name_of(each, "data-")
    }
    for lines in found(root, "g"):
        name = name_of(lines, "data-to-")
        if not name:
            continue
        *branches, _ = lines
        ends = []
        for path in branches:
            points = list(points_of(path.get("d", "")))
            ends.append(points[-1])
            if "data-from" in path.attrib:
                source = boxes[f"node {path.get('data-from')}"]
                start = re.match(r"M([\d.]+) ([\d.]+)", path.get("d", ""))
                assert start is not None
                assert source.left < float(start[1]) < source.right
                assert float(start[2]) == pytest.approx(source.bottom)
        # Lines end at the box, or where they meet the one that does.
        at_box = [x for x, y in ends if y == pytest.approx(boxes[name].top)]
        assert len(set(at_box)) == 1
        assert boxes[name].left < at_box[0] < boxes[name].right
        column = re.match(r"M([\d.]+) ", branches[-1].get("d", ""))
        assert column is not None
        assert all(x in (at_box[0], float(column[1])) for x, _ in ends)


def test_wide_diagrams_are_laid_out_too() -> None:
    questions = [yes_no(f"q{number}") for number in range(8)]
    outcomes = [Outcome(f"o{number}", f"Outcome number {number} with a long title") for number in range(12)]
    pairs = itertools.combinations(questions, 2)
    rules = [Rule(all_of(*pair), outcome, "x") for pair, outcome in zip(pairs, outcomes, strict=False)]
    ruleset = ruleset_of(questions, [*rules, otherwise(outcomes[-1], "x")], outcomes=outcomes)
    test_nothing_stands_on_anything_else(ruleset)
    test_every_node_edge_and_outcome_is_in_the_picture_and_in_the_words(ruleset)
