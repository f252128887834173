"""Read a decision table from a DMN file, of any version from 1.1 to 1.5."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assessor.errors import DecisionTableError, Location, did_you_mean
from assessor.tables.decision_table import VALUES, Column, DecisionTable, DecisionTables, Row, TextCell
from assessor.tables.formats.xml_tree import Element, parse_xml
from assessor.tables.sheet import Problems
from assessor.tables.unary_parser import parse_tests
from assessor.tables.unary_tests import ANY, Interval, TestError, UnaryTests, literal_text, shown

NAMESPACE = "urn:mkdocs-assessor:table"
"""The namespace of what our files say beside DMN."""
ID_ROW = "id"
"""The row of a column that has its id, which can have hyphens; names in FEEL cannot."""
DECISION_ROW = "decision"
"""The row of a column that has the outcome of an earlier decision of the same file: the id of that."""

_NAME = re.compile(r"[^\W\d][\w .]*")
_OUTCOME, _RULE, _BECAUSE = "outcome", "rule", "because"


def read_dmn(data: bytes, path: str, notes: list[str], decision: str | None, outcome: str | None) -> DecisionTable:
    """Read a decision table.

    Args:
        data: The bytes of the file.
        path: The file, for messages.
        notes: Takes the assumptions and omissions.
        decision: The id or name of the decision, if the file has several.
        outcome: The name of the output that is the outcome, if the table has several.

    Raises:
        DecisionTableError: If it is no DMN, or has what no rule set can say, with the cell of each.
    """
    root = _definitions(data, path)
    return _decision(root, _chosen(root, decision), path, notes, {}, outcome=outcome)


def read_all_dmn(data: bytes, path: str, notes: list[str]) -> DecisionTable | DecisionTables:
    """Read all decisions of a file that `assessor export` wrote from a rule set with several, or else the only table.

    The decisions of a file of other origin need not be those of one rule set.

    Args:
        data: The bytes of the file.
        path: The file, for messages.
        notes: Takes the assumptions and omissions.

    Raises:
        DecisionTableError: If it is no DMN, has what no rule set can say, with the cell of each, or is of other origin
            and has several tables.
    """
    root = _definitions(data, path)
    origin, _, name = root.attributes.get("namespace", "").rpartition(":")
    decisions = _decisions(root)
    found: dict[int, DecisionTable] = {}
    if origin != NAMESPACE or len(decisions) < 2:
        return _decision(root, _chosen(root, None), path, notes, found)
    for each in decisions:
        _decision(root, each, path, notes, found)
    return DecisionTables(name, root.attributes.get("name", ""), list(found.values()))


def _definitions(data: bytes, path: str) -> Element:
    root = parse_xml(data, path)
    if root.name != "definitions":
        raise DecisionTableError([(root.location, f"a DMN file begins with 'definitions', not {root.name!r}")])
    return root


def _decision(
    root: Element,
    chosen: Element,
    path: str,
    notes: list[str],
    found: dict[int, DecisionTable],
    *,
    outcome: str | None = None,
    reading: Sequence[str] = (),
) -> DecisionTable:
    """Read the table of a decision, and of those that its columns read.

    Args:
        root: The document.
        chosen: The decision.
        path: The file, for messages.
        notes: Takes the assumptions and omissions.
        found: The tables that were read before, by the identity of the element; takes this one, after what it reads.
        outcome: The name of the output that is the outcome, if the table has several.
        reading: The ids of the decisions that read this one.
    """
    if id(chosen) in found:
        return found[id(chosen)]
    problems = Problems()
    table = chosen.first("decisionTable")
    assert table is not None
    above = [*reading, chosen.attributes.get("id", "")]
    read: dict[str, DecisionTable] = {}
    resolved: set[str] = set()
    for named in _read_decisions(table):
        earlier = _chosen(root, named.text, named.location)
        if earlier.attributes.get("id") in above:
            message = f"the decision reads {named.text!r}, which reads this one; take one of these inputs out"
            raise DecisionTableError([(named.location, message)])
        resolved.add(f"#{earlier.attributes.get('id', '')}")
        read[named.text] = _decision(root, earlier, path, notes, found, reading=above)
    for needed in chosen.all("informationRequirement"):
        required = needed.first("requiredDecision")
        if required is not None and required.attributes.get("href") not in resolved:
            notes.append(
                f"{required.location}: the decision needs another one, {required.attributes.get('href', '')!r}; its "
                "result is asked as a question"
            )
    for each in table.walk():
        if not _is_feel(each):
            language = each.attributes["expressionLanguage"]
            problems.add(each.location, f"the expression language {language!r} is not FEEL")
    columns = [_column(each, place, problems, read) for place, each in enumerate(table.all("input"), start=1)]
    if not columns:
        problems.add(table.location, "the table has no input")
    outputs = list(table.all("output"))
    roles = _outputs(outputs, outcome, table, problems)
    problems.refuse()
    rows = [
        _row(rule, place, columns, roles=roles, table=table, problems=problems)
        for place, rule in enumerate(table.all("rule"), start=1)
    ]
    if not rows:
        problems.add(table.location, "the table has no rule")
    policy = table.attributes.get("hitPolicy", "UNIQUE").upper()
    texts = _own_texts(table)
    output = outputs[roles[_OUTCOME]]
    texts |= {name: cell for name, cell in _own_texts(output).items() if name == VALUES}
    default = output.first("defaultOutputEntry")
    problems.refuse()
    found[id(chosen)] = DecisionTable(
        path,
        columns,
        rows,
        TextCell(policy, replace(table.location, cell=f"hit policy {policy}")),
        texts,
        default=None if default is None else _default(default, columns),
        name=chosen.attributes.get("name", ""),
        is_feel=True,
    )
    return found[id(chosen)]


def _is_feel(element: Element) -> bool:
    return "feel" in element.attributes.get("expressionLanguage", "feel").lower()


def _decisions(root: Element) -> list[Element]:
    return [each for each in root.walk() if each.name == "decision" and each.first("decisionTable")]


def _chosen(root: Element, wanted: str | None, place: Location | None = None) -> Element:
    decisions = _decisions(root)
    names = [each.attributes.get("id") or each.attributes.get("name", "") for each in decisions]
    if not decisions:
        raise DecisionTableError([(root.location, "the file has no decision with a decision table")])
    if wanted is not None:
        for each in decisions:
            if wanted in (each.attributes.get("id"), each.attributes.get("name")):
                return each
        for each in decisions:
            # As `export` writes the id of a decision.
            if each.attributes.get("id") == f"decision.{wanted}":
                return each
        raise DecisionTableError(
            [(place or root.location, f"there is no decision table {wanted!r}.{did_you_mean(wanted, names)}")]
        )
    if len(decisions) > 1:
        shown_names = ", ".join(map(repr, names))
        raise DecisionTableError(
            [
                (
                    root.location,
                    f"there are several decision tables; name one with --decision (table(…, decision=…) in Python): "
                    f"{shown_names}",
                )
            ]
        )
    return decisions[0]


def _own_texts(element: Element) -> dict[str, TextCell]:
    """Return what our own files say about an element, by the name of its row."""
    extension = element.first("extensionElements")
    rows = extension.all("row") if extension else ()
    return {
        each.attributes.get("name", ""): TextCell(each.text, each.location)
        for each in rows
        if each.namespace == NAMESPACE
    }


def _read_decisions(table: Element) -> Iterator[TextCell]:
    """Yield the ids of the earlier decisions whose outcomes columns test."""
    for each in table.all("input"):
        named = _own_texts(each).get(DECISION_ROW)
        if named is not None and _expression(each).endswith(f".{_OUTCOME}"):
            yield named


def _expression(column: Element) -> str:
    expression = column.first("inputExpression")
    return expression.text_of("text").strip() if expression else ""


def _column(element: Element, place: int, problems: Problems, read: Mapping[str, DecisionTable]) -> Column:
    expression, text = element.first("inputExpression"), _expression(element)
    texts = _own_texts(element)
    named = texts.pop(DECISION_ROW, None)
    if named is not None and text.endswith(f".{_OUTCOME}"):
        location = replace(element.location, cell=f"input {place} ({text})")
        return Column(named.text, location, decision=read[named.text])
    label = element.attributes.get("label", "").strip()
    if label and "wording" not in texts:
        texts["wording"] = TextCell(label, element.location)
    own = texts.pop(ID_ROW, None)
    name = own.text if own else text
    location = replace(element.location, cell=f"input {place} ({text or label})")
    if not own and not _NAME.fullmatch(text):
        problems.add(location, f"the input expression {shown(text)} is not a name; give its result a name of its own")
    allowed = None
    values = element.first("inputValues")
    if values is not None and values.text_of("text").strip():
        place_of_values = replace(values.location, cell=f"{location.cell}, its values")
        tests = _tests(values.text_of("text"), place_of_values, problems)
        allowed = None if tests.is_any else (tests, place_of_values)
    kind = expression.attributes.get("typeRef", "") if expression else ""
    return Column(name or f"input-{place}", location, texts, kind, allowed)


def _outputs(outputs: Sequence[Element], wanted: str | None, table: Element, problems: Problems) -> dict[str, int]:
    """Return the outputs that are the outcome and, if there is one, the id of the rule."""
    names = [each.attributes.get("name") or each.attributes.get("label", "") for each in outputs]
    if not outputs:
        problems.add(table.location, "the table has no output")
        return {}
    if wanted is not None and wanted not in names:
        problems.add(outputs[0].location, f"there is no output {wanted!r}.{did_you_mean(wanted, names)}")
        return {}
    chosen = wanted if wanted is not None else names[0] if len(names) == 1 else _OUTCOME
    if chosen not in names:
        shown_names = ", ".join(map(repr, names))
        problems.add(
            outputs[1].location,
            "a rule set has one outcome, but the table has several outputs; name the one that decides with --outcome "
            f"(table(…, outcome=…) in Python): {shown_names}",
        )
        return {}
    roles = {_OUTCOME: names.index(chosen)}
    if _RULE in names and chosen != _RULE:
        roles[_RULE] = names.index(_RULE)
    return roles


def _row(
    rule: Element, number: int, columns: Sequence[Column], *, roles: dict[str, int], table: Element, problems: Problems
) -> Row:
    inputs, results = list(rule.all("inputEntry")), list(rule.all("outputEntry"))
    outputs = len(list(table.all("output")))
    location = replace(rule.location, cell=f"rule {number}")
    if len(inputs) != len(columns) or len(results) != outputs:
        problems.add(
            location,
            f"the rule has {len(inputs)} inputs and {len(results)} outputs, the table {len(columns)} and {outputs}",
        )
        problems.refuse()
    tests, places = [], []
    for place, (entry, column) in enumerate(zip(inputs, columns, strict=True), start=1):
        cell = replace(entry.location, cell=f"rule {number}, input {place} ({column.name})")
        tests.append(_tests(entry.text_of("text"), cell, problems))
        places.append(cell)
    found = {}
    for role, place in roles.items():
        entry = results[place]
        cell = replace(entry.location, cell=f"rule {number}, output {place + 1} ({role})")
        found[role] = TextCell(_literal(entry.text_of("text"), cell, problems), cell)
    names = [each.attributes.get("name", "") for each in table.all("annotation")]
    annotations = [each.text_of("text") for each in rule.all("annotationEntry")]
    named = dict(zip(names, annotations, strict=False))
    because = named.get(_BECAUSE) or next(filter(str.strip, annotations), "") or rule.text_of("description")
    return Row(location, tests, places, found[_OUTCOME], found.get(_RULE, TextCell("", location)), because)


def _tests(text: str, location: Location, problems: Problems) -> UnaryTests:
    try:
        return parse_tests(text, is_feel=True)
    except TestError as error:
        problems.add(location, str(error))
        return ANY


def _literal(text: str, location: Location, problems: Problems) -> str:
    """Return the text, number or boolean that an output is; as a text."""
    tests = _tests(text, location, problems)
    if tests.is_negated or len(tests.tests) != 1 or isinstance(tests.tests[0], Interval):
        problems.add(location, f'{shown(text.strip())} is not one text, such as "cloud"')
        return ""
    return literal_text(tests.tests[0])


def _default(element: Element, columns: Sequence[Column]) -> Row:
    problems = Problems()
    location = replace(element.location, cell="the default output")
    outcome = TextCell(_literal(element.text_of("text"), location, problems), location)
    problems.refuse()
    return Row(
        location, [ANY for _ in columns], [location for _ in columns], outcome, TextCell("otherwise", location), ""
    )
