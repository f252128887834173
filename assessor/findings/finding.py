"""Define the finding that `check`, `lint`, `doctor` and builds report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assessor.findings.codes import CODES, Severity
from assessor.findings.edit import Edit
from assessor.findings.place import Place
from assessor.language.layout import indented

if TYPE_CHECKING:
    from assessor.model.answers import Answer


@dataclass(frozen=True)
class Finding:
    """Something that is wrong, or that the author should know.

    Attributes:
        code: The kind of finding, a key of `CODES`.
        place: The place.
        message: What is wrong.
        advice: What to do; empty if the message already says this.
        witness: Answers that show the problem, as input for `assessor assess`; `None` if answers cannot show it.
        shows: What these answers show.
        fix: The one sure correction, if there is one.
        override: The severity set by the site instead of the default.
    """

    code: str
    place: Place
    message: str
    advice: str = ""
    witness: Mapping[str, Answer] | None = field(default=None, hash=False)
    shows: str = ""
    fix: Edit | None = None
    override: Severity | None = None

    @property
    def severity(self) -> Severity:
        """An error, a warning or a note."""
        return self.override or CODES[self.code].severity

    @property
    def order(self) -> tuple[Place, str]:
        """The sort key: file and line, then code."""
        return self.place, self.code

    @property
    def headline(self) -> str:
        """The place, the message and the code on one line, for logs, which show the severity as their level."""
        return self._line()

    @property
    def headline_with_severity(self) -> str:
        """The headline with the severity, in the form that compilers use."""
        return self._line(self.severity)

    def _line(self, *labels: str) -> str:
        place = str(self.place)
        return ": ".join([*([place] if place else ()), *labels, f"{self._message} [{self.code}]"])

    @property
    def _message(self) -> str:
        """The message on one line. It may quote text with line breaks."""
        return " ".join(line.strip() for line in self.message.splitlines())

    @property
    def details(self) -> Iterator[str]:
        """Yield the lines below the headline: the source line, the example, and what to do."""
        yield from self.place.excerpt.splitlines()
        yield from self._explanation

    @property
    def _explanation(self) -> Iterator[str]:
        """Yield the lines of the example and of what to do."""
        if self.witness:
            yield f"  With these answers, {self.shows}:"
            yield from (f"    {line}" for line in _answers_text(self.witness).splitlines())
        elif self.witness is not None:
            yield f"  Whatever the answers, {self.shows}."
        if self.advice:
            yield from indented(f"To do: {self.advice}")

    def fitted(self, width: int) -> str:
        """Return the headline and the details, whose lines have at most so many characters.

        A log that wraps lines itself takes the indentation from what it wraps, and the caret from its place.
        """
        gutter = len(f"  {self.place.line} | ……")
        lines = self.place.excerpt_of(max(1, width - gutter)).splitlines()
        for line in self._explanation:
            depth = len(line) - len(line.lstrip())
            lines += [f"{' ' * (depth - 2)}{each}" for each in indented(line.strip(), max(20, width - depth + 2))]
        return "\n".join([self.headline, *lines])

    @property
    def paragraph(self) -> str:
        """The message, the example and what to do, for tools that know the place and show no layout."""
        parts = [self._message]
        if self.witness:
            parts.append(f"With these answers, {self.shows}:\n{_answers_text(self.witness).rstrip()}")
        elif self.witness is not None:
            parts.append(f"Whatever the answers, {self.shows}.")
        if self.advice:
            parts.append(f"To do: {self.advice}")
        return "\n".join(parts)

    def __str__(self) -> str:
        """Return the headline and the details."""
        return "\n".join([self.headline, *self.details])


def _answers_text(witness: Mapping[str, Answer]) -> str:
    # Most findings have no answers, and a site without guides needs nothing of the model.
    from assessor.model.answers import answers_text  # noqa: PLC0415

    return answers_text(witness)
