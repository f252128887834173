"""A decision table as it stands in a file: columns of tests, an outcome and a reason in each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assessor.errors import Location
from assessor.tables.unary_tests import UnaryTests

# What a column says of its question, beside the tests: the attributes of questions, as they are named in a table.
QUESTION_TEXTS: Mapping[str, str] = {
    "wording": "wording",
    "name": "name",
    "hint": "hint",
    "why": "why",
    "about": "about",
    "asked of": "asked_of",
    "yes": "yes",
    "no": "no",
    "unit": "unit",
    "statement": "statement",
}
SECTION, VALUES, STEP = "section", "values", "step"
RULE_SET, LANGUAGE, HIT_POLICY = "rule set", "language", "hit policy"

HIT_POLICIES: Mapping[str, str] = {
    "F": "FIRST",
    "U": "UNIQUE",
    "A": "ANY",
    "P": "PRIORITY",
    "R": "RULE ORDER",
    "O": "OUTPUT ORDER",
    **dict.fromkeys(("C", "C+", "C<", "C>", "C#"), "COLLECT"),
}


@dataclass(frozen=True)
class TextCell:
    """A text, and where it stands."""

    text: str
    location: Location


@dataclass(frozen=True)
class Column:
    """A column of tests, which becomes a question, or reads an earlier decision.

    Attributes:
        name: Its name in the table.
        location: Where the name stands.
        texts: What the table says of it, by the name of the row, such as `wording` or `values`.
        type: What a DMN file says its values are: `boolean`, `number`, `string` and so on; empty if nothing.
        allowed: The values that a DMN file allows, if it says so.
        decision: The table of the earlier decision whose outcome it tests, if it asks no question.
    """

    name: str
    location: Location
    texts: Mapping[str, TextCell] = field(default_factory=dict)
    type: str = ""
    allowed: tuple[UnaryTests, Location] | None = None
    decision: DecisionTable | None = None


@dataclass(frozen=True)
class Row:
    """A row: what must hold, what follows, and why.

    Attributes:
        location: Where it begins.
        tests: A cell for each column.
        places: Where these cells stand.
        outcome: The outcome as written.
        id: The id of its rule as written; empty if there is none.
        because: The reason; empty if there is none.
    """

    location: Location
    tests: Sequence[UnaryTests]
    places: Sequence[Location]
    outcome: TextCell
    id: TextCell
    because: str


@dataclass(frozen=True)
class DecisionTable:
    """A decision table.

    Attributes:
        path: The file.
        columns: The columns of tests.
        rows: The rows.
        hit_policy: What decides if several rows hold, in DMN's words: `FIRST`, `UNIQUE`, ….
        texts: What it says of itself: `rule set` and `language`, and as `values` what it says of its outcomes.
        default: What follows where no row holds, if a DMN file says so.
        name: Its name in a DMN file.
        is_feel: Whether it comes from a DMN file, whose texts are exact.
    """

    path: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    hit_policy: TextCell
    texts: Mapping[str, TextCell] = field(default_factory=dict)
    default: Row | None = None
    name: str = ""
    is_feel: bool = False


@dataclass(frozen=True)
class DecisionTables:
    """The tables of a rule set with several decisions.

    Attributes:
        id: The id of the rule set.
        title: Its title.
        tables: A table for each decision, those that others read before these.
    """

    id: str
    title: str
    tables: Sequence[DecisionTable]
