"""Explain why an author's code fails, and suggest fixes."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from assessor.errors import did_you_mean, nearest
from assessor.language.layout import capitalized
from assessor.model.formulas.arithmetic import COMPARED
from assessor.validation import NoTruthValue

# Python 3.13 adds a suggestion of its own.
_UNKNOWN_ARGUMENT = re.compile(
    r"(?P<part>\w+)(?:\.__init__)?\(\) got an unexpected keyword argument '(?P<name>\w+)'(?:\. Did you mean '\w+'\?)?"
)
_MISSING_ARGUMENT = re.compile(
    r"(?P<part>\w+)(?:\.__init__)?\(\) missing (?P<count>\d+) required (?:positional|keyword-only) arguments?: "
    r"(?P<names>.+)"
)
_TOO_MANY_ARGUMENTS = re.compile(
    r"(?P<part>\w+)(?:\.__init__)?\(\) takes (?:from \d+ to )?\d+ positional arguments? but (?P<count>\d+) "
    r"(?:positional arguments? \(and \d+ keyword-only arguments?\) )?w(?:as|ere) given"
)
_DOUBLE_ARGUMENT = re.compile(r"(?P<part>\w+)(?:\.__init__)?\(\) got multiple values for argument '(?P<name>\w+)'")
_COMPARED = re.compile(r"'[<>]=?' not supported between instances of '(\w+)' and '(\w+)'")
_JOINED = re.compile(r"unsupported operand type\(s\) for (?P<sign>[&|]): '(\w+)' and '(\w+)'")
_NEGATED = re.compile(r"bad operand type for unary (?P<sign>[~+-]): '(?P<kind>\w+)'")
_CALLED = re.compile(r"'(?P<kind>\w+)' object is not (?P<how>callable|subscriptable)")
_INDEXED = re.compile(r"(?:string|list|tuple) indices must be integers")
_LITERALS = ("str", "int", "float", "list", "tuple", "dict")
_TEXT_AT_END = re.compile(r"""(?P<text>"[^"]*"|'[^']*')\s*$""")
# What other languages write, at the place where Python gives up, and what is written here.
_FOREIGN = (
    (re.compile(r"(?:[&|]|^)\s*(not\b)"), "write ~ for 'not', as in a & ~b"),
    (re.compile(r"(&&)"), "write & for '&&', with brackets around each comparison"),
    (re.compile(r"(\|\|)"), "write | for '||', with brackets around each comparison"),
    (re.compile(r"(!)(?!=)"), "write ~ for '!', as in ~question"),
    (re.compile(r"(=>)"), "write >= for '=>'"),
    (re.compile(r"(=<)"), "write <= for '=<'"),
    (re.compile(r"(<>)"), "write ~question.is_('option') for '<>'"),
)
_SIGNS = {
    **dict.fromkeys("\u2265\u2a7e", ">="),
    **dict.fromkeys("\u2264\u2a7d", "<="),
    **dict.fromkeys("\u2227", "&"),
    **dict.fromkeys("\u2228", "|"),
    **dict.fromkeys("\u00ac", "~"),
    **dict.fromkeys("\u2013\u2014\u2212", "-"),
    **dict.fromkeys("\u00d7", "*"),
    **dict.fromkeys("\u00f7", "/"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", 'straight quotation marks, "…"'),
    **dict.fromkeys("\u2018\u2019\u201a", "straight quotation marks, '…'"),
    "\u00a0": "a plain space",
}
# Python takes these for optional: a rule set has rules, or decisions that have them.
_NEEDED = ("rules",)
_WRONG_SIGN = re.compile(r"invalid (?:non-printable )?character (?:'(.)' \()?U\+(?P<code>[0-9A-F]+)\)?")
_CONSTANTS = {
    **dict.fromkeys(("null", "none", "nil", "undefined"), "None"),
    **dict.fromkeys(("true", "TRUE", "yes", "on"), "True"),
    **dict.fromkeys(("false", "FALSE", "no", "off"), "False"),
}
# Errors whose message says it all without the name of their class.
_TELLING = (AttributeError, ImportError, ModuleNotFoundError, NameError, TypeError, UnboundLocalError)
_NO_PACKAGE = "attempted relative import with no known parent package"
_WORKING_FOLDER = "the folder of the site's configuration or, without one, the working directory"
_MISSING_IMPORT = re.compile(r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'")


def explain_error(error: BaseException, names: Mapping[str, Any], code: Sequence[ast.stmt] = (), line: int = 0) -> str:
    """Explain an error in an author's code, and suggest the nearest name for a misspelt one.

    Args:
        error: The error.
        names: The names that the code had defined by then.
        code: The statements of the file.
        line: The line of the file that failed.
    """
    said = str(error) if type(error) in _TELLING else ""
    hint = _too_early(error, code, line) or _hint(error, names)
    return _of_part(error) or _of_import(error) or f"{said or described(error)}{hint}"


def _too_early(error: BaseException, code: Sequence[ast.stmt], line: int) -> str:
    """Return what to do about a name that is used above the line that defines it, or within it."""
    if not isinstance(error, NameError) or not line:
        return ""
    for statement in code:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if isinstance(statement, ast.AnnAssign) and statement.value:
            targets = [statement.target]
        if error.name in [name.id for each in targets for name in ast.walk(each) if isinstance(name, ast.Name)]:
            if statement.lineno <= line <= (statement.end_lineno or line):
                return " yet: it cannot be part of what defines it"
            if statement.lineno > line:
                return f" yet: line {statement.lineno} defines it, so put that first"
    return ""


def explain_syntax_error(error: SyntaxError) -> str:
    """Explain a syntax error, and point out a missing comma if Python does not."""
    place = max((error.offset or 1) - 1, 0)
    text = error.text or ""
    is_bare = error.msg == "invalid syntax" and text[place : place + 1] == ":"
    key = _TEXT_AT_END.search(text[:place]) if is_bare else None
    hint = f". Is a comma missing before {key['text']}?" if key else ""
    # "Invalid syntax" says nothing more.
    said = error.msg.removeprefix("invalid syntax").removeprefix(". ")
    return f"not valid Python{f': {said}' if said else ''}{hint or _foreign(error.msg, text, place)}"


def _foreign(message: str, text: str, place: int) -> str:
    """Say what to write for a sign of another language, if the error is at one."""
    sign = _WRONG_SIGN.match(message)
    if sign:
        meant = _SIGNS.get(chr(int(sign["code"], 16)))
        return f": write {meant}" if meant else ""
    for pattern, advice in _FOREIGN:
        if any(match.start() <= place <= match.end() for match in pattern.finditer(text)):
            return f": {advice}"
    return ""


def described(error: BaseException) -> str:
    """Return the class and message of an error, or just the class if printing an author's class fails."""
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:
        return type(error).__name__


def _of_part(error: BaseException) -> str:
    """Explain an unknown or missing argument of a part of a rule set, or return an empty string."""
    text = str(error) if type(error) is TypeError else ""
    unknown, missing = _UNKNOWN_ARGUMENT.fullmatch(text), _MISSING_ARGUMENT.fullmatch(text)
    excess, double = _TOO_MANY_ARGUMENTS.fullmatch(text), _DOUBLE_ARGUMENT.fullmatch(text)
    match = unknown or missing or excess or double
    # Public names are imported at their first use, and authors may import them from elsewhere.
    part = getattr(sys.modules["assessor"], match["part"]) if match and match["part"] in part_names() else None
    if match is None or part is None:
        return ""
    if unknown:
        known = list(inspect.signature(part).parameters)
        return f"{match['part']}(…) takes no {match['name']!r}.{did_you_mean(match['name'], known)}"
    if excess:
        # Python counts the part itself, too.
        given = int(excess["count"]) - isinstance(part, type)
        return f"{match['part']}(…) cannot take {given} values without their names: write {_call(part)}"
    if double:
        return f"{match['part']}(…) gets {match['name']!r} twice, by its place and by its name: write {_call(part)}"
    hint = " Is a comma missing? Two texts with none between them are one." if match["count"] == "1" else ""
    return f"{match['part']}(…) lacks {match['names']}.{hint} Write {_call(part)}"


def _call(part: Any) -> str:
    """Return the arguments of a part of a rule set: those that it needs, and those that may stand without a name."""
    shown = []
    for name, parameter in inspect.signature(part).parameters.items():
        kind = str(parameter.annotation)
        value = "{…}" if kind.startswith("Mapping") else "[…]" if kind.startswith(("Sequence", "tuple")) else "…"
        is_optional = parameter.default is not parameter.empty
        if value != "…" or (is_optional and parameter.kind is not parameter.KEYWORD_ONLY):
            is_shown = parameter.kind is not parameter.KEYWORD_ONLY or not is_optional or name in _NEEDED
            shown += [f"{name}={value}"] if is_shown else []
        elif not is_optional:
            shown.append(f"{name}=…" if parameter.kind is parameter.KEYWORD_ONLY else name)
    return f"{part.__name__}({', '.join(shown)})"


def _of_import(error: BaseException) -> str:
    """Explain a name that a module lacks, without the path that Python adds, or return ""."""
    if type(error) is ImportError and str(error) == _NO_PACKAGE:
        return (
            "the folder of this file is no package, as it has no __init__.py; leave out the point: "
            "'from parts import …' for 'from .parts import …'"
        )
    if type(error) is ModuleNotFoundError:
        return f"{error}. A rule set can import installed modules, files beside it, and files in {_WORKING_FOLDER}"
    match = _MISSING_IMPORT.match(str(error)) if type(error) is ImportError else None
    module = sys.modules.get(match["module"]) if match else None
    return f"{match[0]}{_meant(match['name'], vars(module))}" if match and module else ""


def _hint(error: BaseException, names: Mapping[str, Any]) -> str:
    ours = part_names()
    if isinstance(error, TypeError):
        return _operator_hint(str(error), ours)
    if isinstance(error, NameError) and error.name:
        if error.name in _CONSTANTS:
            return f". Write {_CONSTANTS[error.name]}"
        if error.name in ours:
            return f". Import it: 'from assessor import {error.name}'"
        return _meant(error.name, [*names, *ours])
    if isinstance(error, AttributeError) and error.name:
        hint = error.obj.condition_hint("") if isinstance(error.obj, NoTruthValue) else ""
        asked = f". {capitalized(hint)}" if hint and error.name.startswith("is") else ""
        return asked or _meant(error.name, dir(error.obj))
    return ""


def _operator_hint(text: str, ours: Sequence[str]) -> str:
    """Return what to do instead of calling, indexing, comparing or joining a part of a rule set or a literal."""
    compared, called = _COMPARED.match(text), _CALLED.match(text)
    if compared and not {*compared.groups()}.isdisjoint(ours):
        return f". {capitalized(COMPARED)}"
    joined = _JOINED.match(text)
    if joined and not {*joined.groups()}.isdisjoint(ours):
        # Python reads `a <= 1 & b <= 2` as `a <= (1 & b) <= 2`.
        return f". Put brackets around each comparison: (number < 3) {joined['sign']} …"
    negated = _NEGATED.match(text)
    if negated and negated["kind"] in (*ours, "Operation", "Conditional", "DateSum"):
        number = negated["sign"] != "~"
        return ". Write 0 - fact for the negative of a number" if number else f". ~ negates a condition; {COMPARED}"
    if _INDEXED.match(text) or (called and called["kind"] in (*ours, *_LITERALS)):
        sign = "(" if called and called["how"] == "callable" else "["
        return f". Is a comma missing before {sign!r}?"
    return ""


def part_names() -> Sequence[str]:
    """Return the names of what rule sets are made of."""
    names: Sequence[str] = sys.modules["assessor"].__all__
    return names


def _meant(name: str, known: Any) -> str:
    found = nearest(name, [each for each in known if not each.startswith("_") and each != name])
    return f". Did you mean {found!r}?" if found else ""
