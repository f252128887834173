"""Count the words that each worked case of the bundled guide reads, for docs/case-study.md: `make case-study`.

The table is committed, so that every generator shows it. A test fails while it is out of date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from markdown import Markdown

from assessor import Answer, Bundle, Case, assess, compile_ruleset
from assessor.assessment.queries.interpreter import Interpreter
from assessor.assessment.queries.restriction import Restriction
from assessor.rulesets.self_hosting.ruleset import ruleset
from mkdocs_assessor.extension import AssessorExtension
from mkdocs_assessor.lint import site_of

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "case-study.md"

FEW = 3
"""The number of answers after which readers expect the page to follow."""

NO_REASON: Mapping[str, Answer] = {
    "onprem-mandate": False,
    "residency": "none",
    "fork": False,
    "connectivity": "reliable",
}
"""The answers that rule out every reason to self-host."""

_TABLE = re.compile(r"(?<=<!-- begin: make case-study -->\n).*(?=\n<!-- end -->)", re.DOTALL)
_WORD = re.compile(r"\S*\w\S*")
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "wbr"))
# The checklist, questions and the plan are no prose; nor are the labels of passages.
_NO_PROSE = frozenset(("assessor", "assessor-when-label"))


@dataclass(frozen=True)
class Text:
    """A text of the guide.

    Attributes:
        words: The number of its words.
        conditions: The nodes of each passage around it.
    """

    words: int
    conditions: Sequence[str]


@dataclass
class _Prose(HTMLParser):
    """Collects the texts of a page."""

    texts: list[Text] = field(default_factory=list)
    _open: list[tuple[bool, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element makes of its texts."""
        attributes = dict(attrs)
        is_prose = tag not in ("script", "style", "template")
        is_prose = is_prose and _NO_PROSE.isdisjoint((attributes.get("class") or "").split())
        if tag not in _VOID:
            self._open.append((is_prose, attributes.get("data-when") or ""))

    def handle_endtag(self, tag: str) -> None:
        """Forget the element."""
        if tag not in _VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Count the words of a text."""
        words = len(_WORD.findall(data))
        if words and all(is_prose for is_prose, _ in self._open):
            self.texts.append(Text(words, [nodes for _, nodes in self._open if nodes]))


def texts() -> list[Text]:
    """Return the texts of the bundled guide, as its page has them."""
    options = site_of(DOCS).extension_options(DOCS)
    parser = Markdown(extensions=[*options, AssessorExtension()], extension_configs=options)
    prose = _Prose()
    prose.feed(parser.convert((DOCS / "index.md").read_text(encoding="utf-8")))
    return prose.texts


def words_read(texts: Sequence[Text], answers: Mapping[str, Answer]) -> int:
    """Return how many words of the guide are not folded for a reader with some answers."""
    return sum(text.words for text in texts if all(_may_hold(nodes, answers) for nodes in text.conditions))


def _may_hold(nodes: str, answers: Mapping[str, Answer]) -> bool:
    """Return whether a condition may hold; a page has it as the nodes of a bundle, the last of which is its root."""
    written = json.loads(nodes)
    root = len(written) - 1
    bundle: Bundle = {**compile_ruleset(ruleset), "nodes": written, "roots": {"rule": root, "outcome": root}}
    interpreter = Interpreter(bundle)
    return Restriction(interpreter, interpreter.cells(answers)).truth(root) is not False


def first_answers(case: Case) -> dict[str, Answer]:
    """Return the first answers of a case to the questions that the page asks, without those left open."""
    given: dict[str, Answer] = {}
    while sum(answer is not None for answer in given.values()) < FEW:
        asked = assess(ruleset, given)["next"]
        if asked is None:
            break
        given[asked] = case.answers.get(asked)
    return given


def table() -> str:
    """Return the table of the page."""
    prose = texts()
    total = words_read(prose, {})
    lines = [
        f"| worked case | outcome | after {FEW} answers | after all answers |",
        "| --- | --- | ---: | ---: |",
    ]
    for case in ruleset.cases:
        counts = (words_read(prose, answers) for answers in (first_answers(case), case.answers))
        shares = " | ".join(f"{count:,} ({count / total:.0%})" for count in counts)
        lines.append(f"| [{case.title}](case:{case.id}) | {case.outcome.title} | {shares} |")
    decisive = words_read(prose, NO_REASON)
    last = (
        "Four answers rule out every reason to self-host: no contract that requires it, no limit on where the data may "
        "be,\nno fork and a reliable connection. "
        f"After them, a reader sees {decisive:,} words ({decisive / total:.0%})."
    )
    return "\n".join([f"Of {total:,} words, readers see:", "", *lines, "", last])


def page() -> str:
    """Return the page with the table as it should be."""
    return _TABLE.sub(lambda _: f"\n{table()}\n", PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
