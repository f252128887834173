"""Parse XML safely, with the line of each element.

The parser is expat, which Python comes with. It refuses every document type: without one, there are no entities, so
nothing can expand, and it reads nothing outside the file. `defusedxml` does the same by the same hooks, and would be
one more dependency.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from assessor.errors import DecisionTableError, Location

_MOST_ELEMENTS = 500_000
_DEEPEST = 100


@dataclass
class Element:
    """An element: its local name, its namespace, its attributes by local name, its text, and what is in it."""

    name: str
    namespace: str
    attributes: dict[str, str]
    location: Location
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, *names: str) -> Iterator[Element]:
        """Yield the children with one of these names."""
        return (child for child in self.children if child.name in names)

    def first(self, *names: str) -> Element | None:
        """Return the first child with one of these names."""
        return next(self.all(*names), None)

    def text_of(self, name: str) -> str:
        """Return the text of the first child with a name; empty if there is none."""
        child = self.first(name)
        return child.text if child else ""

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()


def parse_xml(data: bytes, path: str) -> Element:
    """Return the root element of an XML file.

    Raises:
        DecisionTableError: If it is not well-formed, has a document type, or is too large.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    stack: list[Element] = [Element("", "", {}, Location(path))]
    count = 0

    def place() -> Location:
        return Location(path, parser.CurrentLineNumber, column=parser.CurrentColumnNumber + 1)

    def refuse_doctype(*arguments: object) -> None:
        raise DecisionTableError([(place(), "the file has a document type, which can hide entities; remove it")])

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > _MOST_ELEMENTS or len(stack) > _DEEPEST:
            raise DecisionTableError([(place(), "the file has too many elements, or nests them too deeply")])
        namespace, _, local = name.rpartition(" ")
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        element = Element(local, namespace, plain, place())
        stack[-1].children.append(element)
        stack.append(element)

    def end(name: str) -> None:
        stack.pop()

    def characters(text: str) -> None:
        stack[-1].text += text

    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        message = expat.errors.messages.get(error.code, "it cannot be read")
        raise DecisionTableError([(Location(path, error.lineno), f"this is not XML: {message}")]) from None
    except (LookupError, ValueError) as error:
        raise DecisionTableError([(Location(path), f"this is not XML: {error}")]) from None
    return stack[0].children[0]
