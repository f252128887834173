"""Parse the tests in the cells of a decision table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assessor.language.dates import read_date
from assessor.tables.unary_tests import (
    ANY,
    Bound,
    Day,
    Interval,
    Literal,
    TestError,
    UnaryTests,
    Word,
    bound_text,
    shown,
    string_text,
)

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
