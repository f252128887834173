"""Prepare the template context of a diagram: the picture, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assessor.language.inline import plain_text
from assessor.language.words import Words
from assessor.logic.bundle import Bundle
from assessor.model.questions.choices import Choice
from assessor.model.questions.question import Question
from assessor.model.ruleset import RuleSet
from mkdocs_assessor.diagram.layout import QuestionText, draw
from mkdocs_assessor.diagram.lettering import FONT_SIZE, LINE_HEIGHT
from mkdocs_assessor.diagram.outline import Node, answer_texts, outline

# With more nodes than this, neither a picture nor a list helps anybody.
MOST_DRAWN = 80
MOST_LISTED = 1000


@dataclass(frozen=True)
class SaidBranch:
    """Some answers in words, and their target."""

    answers: str
    target: int


@dataclass(frozen=True)
class Step:
    """A node in words."""

    wording: str
    branches: tuple[SaidBranch, ...]


def diagram_context(ruleset: RuleSet, bundle: Bundle, words: Words) -> dict[str, Any]:
    """Return the template context.

    Args:
        ruleset: The rule set.
        bundle: The compiled rule set.
        words: The words of the interface.
    """
    nodes = outline(bundle)
    title_of = {outcome.id: outcome.title for outcome in ruleset.outcomes}
    titles = [*(title_of[name] for name in bundle["outcomes"]), words["diagram_no_rule"]]
    root = bundle["roots"]["outcome"]
    reached = {branch.target for node in nodes for branch in node.branches} | {root}
    picture = None
    if 0 < len(nodes) <= MOST_DRAWN:
        picture = draw(nodes, _question_texts(ruleset, bundle, nodes, words), [plain_text(title) for title in titles])
    return {
        "root": root,
        "nodes": nodes,
        "picture": picture,
        "steps": _steps(ruleset, bundle, nodes, words) if len(nodes) <= MOST_LISTED else [],
        "names": [*bundle["outcomes"], ""],
        "titles": titles,
        "unreached": [title for outcome, title in enumerate(titles[:-1]) if ~outcome not in reached],
        "font_size": FONT_SIZE,
        "line_height": LINE_HEIGHT,
    }


def _question_texts(ruleset: RuleSet, bundle: Bundle, nodes: Sequence[Node], words: Words) -> dict[int, QuestionText]:
    texts = {}
    for position in dict.fromkeys(node.question for node in nodes):
        question = ruleset.questions[position]
        branches = {branch.cells for node in nodes if node.question == position for branch in node.branches}
        cells = sorted({cell for each in branches for cell in each})
        compiled = bundle["questions"][position]
        texts[position] = QuestionText(
            plain_text(question.wording),
            [plain_text(answer_texts(question, compiled, [cell], words, "sign")[0]) for cell in cells],
            {
                cells: plain_text(", ".join(answer_texts(question, compiled, cells, words, "sign")))
                for cells in sorted(branches)
            },
        )
    return texts


def _steps(ruleset: RuleSet, bundle: Bundle, nodes: Sequence[Node], words: Words) -> list[Step]:
    steps = []
    for node in nodes:
        question = ruleset.questions[node.question]
        compiled = bundle["questions"][node.question]
        said = [
            SaidBranch(
                _said(question, answer_texts(question, compiled, branch.cells, words, "said"), words), branch.target
            )
            for branch in node.branches
        ]
        # The branch with the most answers comes last, so that "otherwise" can replace a list of them.
        last = max(reversed(range(len(said))), key=lambda position: len(node.branches[position].cells))
        rest = said.pop(last)
        if len(node.branches[last].cells) > 1:
            rest = SaidBranch(words["diagram_otherwise"], rest.target)
        steps.append(Step(question.wording, (*said, rest)))
    return steps


def _said(question: Question, answers: Sequence[str], words: Words) -> str:
    if isinstance(question, Choice):
        answers = [words.fill("said_answer_option", option=answer) for answer in answers]
    return words.either(answers)
