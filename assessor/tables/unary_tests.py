"""Read and write the tests in the cells of a decision table: the unary tests of DMN's expression language FEEL.

Spreadsheets may leave out the quotation marks around texts. DMN files may not: there, a word is a variable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.language.dates import read_date

Literal = bool | str | float


class TestError(ValueError):
    """A cell is no test; the message says why, and what to write."""

    __test__ = False


class Word(str):
    """A text without quotation marks, such as `yes`: its column decides whether it is an option or a boolean."""

    __slots__ = ()


class Day(str):
    """A date, as an ISO text."""

    __slots__ = ()


Bound = float | Day


@dataclass(frozen=True)
class Interval:
    """Numbers or dates between two bounds; a missing bound is open-ended.

    Attributes:
        low: The lower bound.
        has_low: Whether the lower bound itself belongs to it.
        high: The upper bound.
        has_high: Whether the upper bound itself belongs to it.
    """

    low: Bound | None = None
    has_low: bool = False
    high: Bound | None = None
    has_high: bool = False

    @property
    def is_of_dates(self) -> bool:
        """Whether it has dates, and not numbers."""
        return isinstance(self.low, Day) or isinstance(self.high, Day)

    def written(self, bound_text: Callable[[Bound], str]) -> str:
        """Return it as FEEL writes it, with its bounds as a function writes them."""
        if self.low is None or self.high is None:
            bound = self.high if self.low is None else self.low
            sign = ("<=" if self.has_high else "<") if self.low is None else (">=" if self.has_low else ">")
            return "-" if bound is None else f"{sign} {bound_text(bound)}"
        left, right = "[" if self.has_low else "(", "]" if self.has_high else ")"
        return f"{left}{bound_text(self.low)}..{bound_text(self.high)}{right}"

    def __str__(self) -> str:
        """Return it as a spreadsheet has it: dates as ISO texts."""
        return self.written(bound_text)


@dataclass(frozen=True)
class UnaryTests:
    """What a cell lets through: the answers that pass one of its tests, or with `not`, those that pass none.

    Attributes:
        tests: The tests. Without any, and negated, everything passes.
        is_negated: Whether they stand in `not(…)`.
    """

    tests: tuple[Literal | Interval, ...] = ()
    is_negated: bool = False

    @property
    def is_any(self) -> bool:
        """Whether everything passes, as for `-`."""
        return self.is_negated and not self.tests


ANY = UnaryTests((), is_negated=True)

_TOKEN = re.compile(
    r"""\s*(?:(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})(?=\s|[,()\[\]<>]|\.\.|$)
    |(?P<number>[-+\u2212]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)(?=\s|[,()\[\]<>]|\.\.|$)
    |(?P<sign><=|>=|\.\.|[<>\[\](),])
    |(?P<word>[^\s,()\[\]<>"]+))""",
    re.VERBOSE,
)
_SIGNS = str.maketrans({"\u2264": "<=", "\u2265": ">=", "\u2a7d": "<=", "\u2a7e": ">=", "\u00a0": " ", "\u202f": " "})
_MAYBE_DECIMAL = re.compile(r"(?<![\w.])[0-9]+,[0-9]+(?![\w.])")
_MAYBE_THOUSANDS = re.compile(r"(?<![\w.,])[0-9]{1,3}(?:\.[0-9]{3})+(?![\w.,])")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_BOOLEANS = {"true": True, "false": False}
_DASHES = ("", "-", "\u2013", "\u2014")
_MOST_SHOWN = 40


def parse_tests(text: str, *, is_feel: bool, has_semicolons: bool = False) -> UnaryTests:
    """Read the tests of a cell.

    Args:
        text: The text of the cell.
        is_feel: Whether the rules of DMN count. In a spreadsheet, texts need no quotation marks.
        has_semicolons: Whether semicolons separate the cells of the file, as where commas are for decimals.

    Raises:
        TestError: If it is no test, or could mean two things.
    """
    text = text.translate(_SIGNS).strip()
    if text in _DASHES:
        return ANY
    if not is_feel:
        if text.startswith("="):
            raise TestError(f"{shown(text)} is a formula; paste its value instead")
        _refuse_ambiguous(text, has_semicolons)
    tokens = _tokens(text)
    if tokens[0] == ("word", "not") and tokens[1:2] == [("sign", "(")]:
        if tokens[-1] != ("sign", ")"):
            raise TestError(f"{shown(text)}: the bracket of 'not(' is not closed at the end")
        return UnaryTests(_Parser(text, tokens[2:-1], is_feel=is_feel).tests(), is_negated=True)
    return UnaryTests(_Parser(text, tokens, is_feel=is_feel).tests())


def shown(text: str) -> str:
    """Return a text of a cell as messages show it."""
    return repr(text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…")


def number_text(value: float) -> str:
    """Return a number as FEEL writes it: without an exponent, which DMN 1.3 does not know."""
    text = format(Decimal(repr(float(value))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def bound_text(value: Bound) -> str:
    """Return a bound as a spreadsheet has it."""
    return value if isinstance(value, Day) else number_text(value)


def feel_bound(value: Bound) -> str:
    """Return a bound as FEEL writes it."""
    return f'date("{value}")' if isinstance(value, Day) else number_text(value)


def literal_text(value: Literal | Interval) -> str:
    """Return a value as a text: the id or the name that people write."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if isinstance(value, (int, float)) else str(value)


def string_text(text: str) -> str:
    """Return a text as FEEL writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + escaped.replace("\r", "\\r") + '"'


def unescaped(text: str) -> str:
    """Return the text between quotation marks, for which FEEL writes some characters with a backslash."""
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), text[1:-1], flags=re.DOTALL)


def _refuse_ambiguous(text: str, has_semicolons: bool) -> None:
    plain = _STRING.sub('""', text)
    if found := _MAYBE_DECIMAL.search(plain):
        both = found[0].replace(",", ", "), found[0].replace(",", ".")
        raise TestError(
            f"{found[0]!r} can be two numbers or one with a decimal comma; write {both[0]!r} or {both[1]!r}"
        )
    if has_semicolons and (found := _MAYBE_THOUSANDS.search(plain)):
        both = found[0].replace(".", ""), found[0].rstrip("0").rstrip(".")
        raise TestError(
            f"{found[0]!r} can have a point for thousands or for decimals, since semicolons separate the cells; "
            f"write {both[0]!r} or {both[1]!r}"
        )


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    end = 0
    while end < len(text):
        match = _TOKEN.match(text, end)
        if match is None:
            raise TestError(f"{shown(text)}: the text {shown(text[end:])} has no closing quotation mark")
        found.append((str(match.lastgroup), match[str(match.lastgroup)]))
        end = match.end()
    return found


class _Parser:
    """Reads a list of tests with commas between them."""

    def __init__(self, text: str, tokens: Sequence[tuple[str, str]], *, is_feel: bool) -> None:
        self._text = text
        self._tokens = [*tokens, ("end", "")]
        self._place = 0
        self._is_feel = is_feel

    def tests(self) -> tuple[Literal | Interval, ...]:
        tests = [self._test()]
        while self._take("sign", ","):
            tests.append(self._test())
        if self._kind != "end":
            raise self._error(f"{self._value!r} stands where a comma or the end is expected")
        return tuple(tests)

    @property
    def _kind(self) -> str:
        return self._tokens[self._place][0]

    @property
    def _value(self) -> str:
        return self._tokens[self._place][1]

    def _take(self, kind: str, *values: str) -> str:
        """Return the next token and go on, if it is of this kind and one of these values; else an empty string."""
        value = self._value
        if self._kind != kind or (values and value not in values):
            return ""
        self._place += 1
        return value

    def _test(self) -> Literal | Interval:
        if sign := self._take("sign", "<", "<=", ">", ">="):
            bound = self._bound(f"behind {sign!r}")
            if sign.startswith("<"):
                return Interval(high=bound, has_high=sign == "<=")
            return Interval(low=bound, has_low=sign == ">=")
        if left := self._take("sign", "[", "(", "]"):
            low = self._bound(f"behind {left!r}")
            if not self._take("sign", ".."):
                raise self._error("a range has two points between its bounds: [1..5]")
            high = self._bound("behind '..'")
            right = self._take("sign", "]", ")", "[")
            if not right:
                raise self._error("a range ends with ] or ), and is written like [1..5) or (1..5]")
            if isinstance(low, Day) != isinstance(high, Day):
                raise self._error("a range goes from a number to a number, or from a date to a date")
            if low > high:  # type: ignore[operator]  # both are numbers, or both are texts
                what = "dates" if isinstance(low, Day) else "numbers"
                raise self._error(f"the range from {bound_text(low)} to {bound_text(high)} has no {what}")
            return Interval(low, left == "[", high, right == "]")
        is_alone = self._tokens[self._place + 1][0] not in ("word", "number", "date")
        if self._kind == "number" and (self._is_feel or is_alone):
            return self._number("")
        if (self._kind == "date" and is_alone) or self._is_date_function:
            return self._bound("")
        if text := self._take("string"):
            return unescaped(text)
        return self._word()

    @property
    def _is_date_function(self) -> bool:
        """Whether a date follows as FEEL writes it: `date("2027-01-01")`, or `@"2027-01-01"`."""
        kinds = [self._value, *(value for _, value in self._tokens[self._place + 1 : self._place + 2])]
        return kinds == ["date", "("] or (kinds[0] == "@" and kinds[1][:1] == '"')

    def _bound(self, where: str) -> Bound:
        """Return a number or a date."""
        if self._kind == "date":
            if self._is_feel:
                raise self._error(f'FEEL takes {self._value} as a subtraction; write date("{self._value}")')
            return self._day(self._take("date"))
        if not self._is_date_function:
            return self._number(where)
        is_function = bool(self._take("word", "date"))
        self._place += 1
        text = self._take("string")
        if not text or (is_function and not self._take("sign", ")")):
            raise self._error('a date is written date("2027-01-01")')
        return self._day(unescaped(text))

    def _day(self, text: str) -> Day:
        if read_date(text) is None:
            raise self._error(f"{text!r} is no date; write one such as 2027-01-31")
        return Day(text)

    def _number(self, where: str) -> float:
        text = self._take("number")
        if not text:
            what = f"{self._value!r}" if self._value else "nothing"
            raise self._error(f"a number is expected {where}, not {what}")
        number = float(text.replace("\u2212", "-"))
        if number in (float("inf"), float("-inf")):
            raise self._error(f"{text} is too large")
        # No answer is "-0".
        return number + 0.0

    def _word(self) -> Literal:
        if self._kind not in ("word", "number", "date"):
            raise self._error(f"a value is missing before {self._value!r}" if self._value else "a value is missing")
        words = [self._take(self._kind)]
        if self._value == "(" and self._kind == "sign":
            hint = (
                "'not' goes around the whole cell"
                if words == ["not"]
                else "put a text with brackets in quotation marks"
            )
            raise self._error(f"functions such as {words[0]}(…) are not supported; {hint}")
        if words[0] == "null":
            raise self._error("null is not supported: rules decide answers, and no answer is an answer of its own")
        if words[0] == "-":
            raise self._error("'-' stands alone in a cell, and means any answer")
        if self._is_feel:
            boolean = _BOOLEANS.get(words[0])
            if boolean is None:
                raise self._error(
                    f"{words[0]!r} is a variable or an operator, which are not supported; for a text, write "
                    f"{string_text(words[0])}"
                )
            return boolean
        while self._kind in ("word", "number", "date"):
            words.append(self._take(self._kind))
        return Word(" ".join(words))

    def _error(self, message: str) -> TestError:
        return TestError(f"{shown(self._text)}: {message}")
