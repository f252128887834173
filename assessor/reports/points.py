"""Put points into words: how many there are, what decides, and what gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessor.assessment.assess import interpreter_of
from assessor.assessment.points import PointsRange, reach_of
from assessor.language.quantities import format_quantity, format_range
from assessor.language.words import Words
from assessor.model.conditions import walk
from assessor.model.points import PointsComparison, Score, Term
from assessor.model.ruleset import RuleSet
from assessor.reports.wording import statement

# The names of points in texts that are filled in.
POINTS, TERM_POINTS = "points={}", "term={}-{}"


@dataclass(frozen=True)
class ShownScore:
    """A score as people see it.

    Attributes:
        score: The score.
        most: The most points that any answers give.
        decides: What decides: "8 decides", "the most points decide"; empty if no condition compares the points.
        terms: What gives points.
    """

    score: Score
    most: str
    decides: tuple[str, ...]
    terms: tuple[str, ...]

    @property
    def points_name(self) -> str:
        """The name of its points in texts that are filled in."""
        return POINTS.format(self.score.id)

    def term_name(self, place: int) -> str:
        """Return the name of the points that one of its terms gives."""
        return TERM_POINTS.format(self.score.id, place)

    def line(self, points: str, words: Words) -> str:
        """Return the points in a line: "6–11 of 14; 8 decides"."""
        line = words.fill("points_of", points=points, most=self.most)
        for each in self.decides:
            line = words.fill("points_decided", points=line, decides=each)
        return line


def shown_scores(ruleset: RuleSet, words: Words) -> Iterator[ShownScore]:
    """Yield the scores of a rule set as people see them."""
    compiled = interpreter_of(ruleset).bundle.get("scores", ())
    for score, entry in zip(ruleset.scores, compiled, strict=True):
        most = format_quantity(reach_of(entry)["high"], "", words)
        terms = tuple(_term(term, words) for term in score.terms)
        yield ShownScore(score, most, tuple(_decides(ruleset, score, words)), terms)


def given_points(score: Score, words: Words) -> Iterator[tuple[str, str]]:
    """Yield the points for each condition of a score, and the condition in words, without options of no points."""
    for term in score.terms:
        for condition, points in zip(term.conditions, term.points, strict=True):
            if points:
                yield format_quantity(float(points), "", words), statement(condition, words)


def points_range(points: PointsRange, words: Words) -> str:
    """Return points, or the range that they are in: "6–11"."""
    low, high = points["low"], points["high"]
    return format_quantity(low, "", words) if low == high else format_range(low, high, "", words)


def _decides(ruleset: RuleSet, score: Score, words: Words) -> Iterator[str]:
    parts = (part for owned in ruleset.conditions() for part in walk(owned.condition))
    compared = [part for part in parts if isinstance(part, PointsComparison) and score in part.scores]
    # "At least 8" and "fewer than 8" have one line between them.
    bounds = sorted({(each.bound, each.operator in (">", "<=")) for each in compared if each.other is None})
    said = [
        words.fill("above_said", low=format_quantity(bound, "", words))
        if is_above
        else format_quantity(bound, "", words)
        for bound, is_above in bounds
    ]
    if said:
        key = "points_decide_one" if len(said) == 1 else "points_decide_other"
        yield words.fill(key, bounds=words["or_separator"].join(said))
    if any(each.other is not None for each in compared):
        yield words["points_most"]


def _term(term: Term, words: Words) -> str:
    if term.question is None:
        return statement(term.conditions[0], words)
    return term.question.name or term.question.wording
