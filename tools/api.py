"""Write docs/api.md, the Python API, from the docstrings of what `assessor` exports; `make api` runs it.

The page is a committed file, not the output of a plugin, so that every generator and every preview shows it.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, ForwardRef

import assessor

PAGE = Path(__file__).parent.parent / "docs" / "api.md"

# The order in which a reader meets them. Modules that are not listed follow these.
_ORDER = (
    "model.facts",
    "model.formulas",
    "model.questions",
    "model.numbers",
    "model.conditions",
    "model.rules",
    "model.ruleset",
    "loading.load",
    "model.answers",
    "assessment.assess",
)
_WIDTH = 100
_INTRO = """\
# Python API

What `from assessor import …` gives, from its docstrings; written by `make api`. [Rule sets in Python](rule-sets.md)
shows it at work.
"""
# Google's section names, as the page writes them.
_SECTIONS = {
    "Args": "Arguments",
    "Attributes": "Attributes",
    "Raises": "Raises",
    "Returns": "Returns",
    "Yields": "Yields",
}
_ENTRY = re.compile(r"^(\*{0,2}[\w.]+): ")


def page() -> str:
    """Return the page."""
    return "\n".join([_INTRO, *_modules()]).rstrip() + "\n"


def _modules() -> Iterator[str]:
    exported = _exported()
    known = [name for name in _ORDER if name in exported]
    for name in [*known, *sorted(exported.keys() - set(known))]:
        module = importlib.import_module(f"assessor.{name}")
        yield f"## {_title(module)}\n"
        for public in exported[name]:
            yield from _entry(public, module)


def _exported() -> dict[str, list[str]]:
    """Return the public names by the module that they come from, in the order of their definitions."""
    tree = ast.parse(Path(assessor.__file__).read_text(encoding="utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    exported = {}
    for node in imports:
        name = str(node.module).removeprefix("assessor.")
        lines = _definitions(importlib.import_module(f"assessor.{name}"))
        exported[name] = sorted((alias.name for alias in node.names), key=lambda public: lines[public].lineno)
    return exported


def _definitions(module: ModuleType) -> dict[str, ast.stmt]:
    found: dict[str, ast.stmt] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            found[node.name] = node
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = node
    return found


def _title(module: ModuleType) -> str:
    """Return the first sentence of a module's docstring, as far as its first colon."""
    said = inspect.cleandoc(module.__doc__ or "").splitlines()[0]
    return re.split(r"[:.;](?:\s|$)", said)[0].replace("`", "")


def _entry(name: str, module: ModuleType) -> Iterator[str]:
    thing = getattr(module, name)
    yield f"### {name}\n"
    if not (inspect.isclass(thing) or inspect.isroutine(inspect.unwrap(thing))):
        yield from _alias(name, module)
        return
    yield _signature(name, thing)
    yield _prose(inspect.getdoc(thing) or "")
    if inspect.isclass(thing):
        yield from _members(name, thing)


def _alias(name: str, module: ModuleType) -> Iterator[str]:
    """Write a type alias, with the docstring below it."""
    body = ast.parse(inspect.getsource(module)).body
    place = next(place for place, node in enumerate(body) if _assigns(node, name))
    yield f"```python\n{ast.unparse(body[place])}\n```\n"
    below = body[place + 1]
    if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
        yield _prose(inspect.cleandoc(str(below.value.value)))


def _assigns(node: ast.stmt, name: str) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == name


def _members(owner: str, thing: type) -> Iterator[str]:
    for name, member in vars(thing).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property) or hasattr(member, "func"):
            yield f"#### {owner}.{name}\n"
            yield _prose(inspect.getdoc(member) or "")
        elif inspect.isroutine(getattr(member, "__func__", member)):
            yield f"#### {owner}.{name}()\n"
            yield _signature(name, getattr(thing, name))
            yield _prose(inspect.getdoc(member) or "")


def _signature(name: str, thing: Any) -> str:
    """Write the signature of a function or class, or the bases of an exception."""
    if inspect.isclass(thing) and issubclass(thing, dict):
        return ""
    if inspect.isclass(thing) and issubclass(thing, Exception):
        return f"```python\nclass {name}({', '.join(base.__name__ for base in thing.__bases__)})\n```\n"
    signature = inspect.signature(thing)
    parameters = [_parameter(each) for each in _shown(signature)]
    if inspect.isclass(thing) and not parameters:
        return ""
    result = "" if inspect.isclass(thing) else f" -> {_annotation(signature.return_annotation)}"
    line = f"{name}({', '.join(parameters)}){result}"
    if len(line) > _WIDTH:
        line = f"{name}(\n" + "".join(f"    {each},\n" for each in parameters) + f"){result}"
    return f"```python\n{line}\n```\n"


def _shown(signature: inspect.Signature) -> Iterator[inspect.Parameter | str]:
    is_marked = False
    for parameter in signature.parameters.values():
        if parameter.name == "self" or parameter.name.startswith("_"):
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not is_marked:
            yield "*"
        is_marked = is_marked or parameter.kind in (parameter.KEYWORD_ONLY, parameter.VAR_POSITIONAL)
        yield parameter


def _parameter(parameter: inspect.Parameter | str) -> str:
    if isinstance(parameter, str):
        return parameter
    stars = "*" if parameter.kind is parameter.VAR_POSITIONAL else ""
    text = f"{stars}{parameter.name}: {_annotation(parameter.annotation)}"
    if parameter.default is parameter.empty:
        return text
    return f"{text} = {_value(parameter.default)}"


def _value(default: Any) -> str:
    if isinstance(default, str):
        return json.dumps(default, ensure_ascii=False)
    return repr(default) if default is None or isinstance(default, (bool, int, float, tuple)) else "…"


def _annotation(annotation: Any) -> str:
    if isinstance(annotation, ForwardRef):
        return annotation.__forward_arg__
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))


def _prose(doc: str) -> str:
    """Write a docstring as Markdown, with its sections as lists."""
    lines: list[str] = []
    section = ""
    for line in doc.splitlines():
        name = line.strip().removesuffix(":")
        if line and not line.startswith(" ") and line.endswith(":") and name in _SECTIONS:
            section = name
            lines += [f"**{_SECTIONS[section]}**", ""]
        elif section and line.startswith("    "):
            lines.append(_list_line(line[4:]))
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def _list_line(line: str) -> str:
    if line.startswith(" "):
        return f"  {line.strip()}"
    return _ENTRY.sub(r"- `\1`: ", line)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
