"""Files of answers: read one flat mapping of question ids, in YAML or JSON.

It is parsed event by event and must not contain nested values, anchors or aliases, so its contents cannot refer to
themselves or expand. Every error is reported; those after a place that is no YAML, only once that is corrected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from assessor.errors import AnswerProblem, AnswersError, Location
from assessor.model.answers import Answer, Entry, Tell, Unquoted, Unreadable, check_entries, plain_value, value_text
from assessor.model.questions.question import Question

if TYPE_CHECKING:
    from yaml import ScalarEvent

MOST_BYTES = 64 * 1024
# Nobody nests answers this deep by mistake, and reading on takes seconds for a file full of brackets.
_DEEPEST = 20
_NAMED = "answers cannot use YAML anchors and aliases (& and *)"
_JSON_STRING = re.compile(r'("(?:[^"\\]|\\.)*")(\s*)(:?)')


def read_answers(
    questions: Iterable[Question], stream: BinaryIO, name: str, tell: Tell | None = None
) -> dict[str, Answer]:
    """Read answers from YAML or JSON.

    Args:
        questions: The questions that may be answered.
        stream: UTF-8 bytes, at most `MOST_BYTES` of them.
        name: The name of the stream in messages, such as its path.
        tell: Called with each answer under an old id, which is taken over, or with a retired option, which is left out.

    Raises:
        AnswersError: With every error and its line.
    """
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise _file_error(Location(name), f"answers may be at most {MOST_BYTES // 1024} KiB; this file is larger")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _file_error(Location(name, line), "the file is not UTF-8 text; save it as UTF-8") from None
    return check_entries(questions, _entries(text, name), tell)


def _file_error(location: Location, message: str) -> AnswersError:
    return AnswersError([AnswerProblem("", message, location)])


def _entries(text: str, name: str) -> Iterator[Entry]:
    """Read a flat YAML or JSON mapping, event by event."""
    import yaml  # noqa: PLC0415 - slow to import
    from yaml.reader import ReaderError  # noqa: PLC0415 - as above

    if text.lstrip().startswith("{"):
        # JSON may be indented with tabs, YAML may not. Neither allows an unescaped tab inside a JSON string.
        text = text.replace("\t", " ")
        # JSON also allows a line break before a colon: move it behind the colon.
        text = _JSON_STRING.sub(r"\1\3\2", text)
    try:
        yield from _mapping(text, name)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _file_error(
            Location(name, mark.line + 1 if mark else 0), f"this is not YAML or JSON: {error.problem or error.context}"
        ) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _file_error(Location(name, line), f"this is not YAML or JSON: {str(error).splitlines()[0]}") from None
    except (ValueError, OverflowError):
        raise _file_error(
            Location(name), "this is not YAML or JSON: a version or a character's number in it is too large"
        ) from None


def _mapping(text: str, name: str) -> Iterator[Entry]:
    import yaml  # noqa: PLC0415 - as above

    key: tuple[str, Location] | None = None
    in_mapping = False
    documents = 0
    # How deep the event is within an answer that is a list or a mapping.
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        location = Location(name, event.start_mark.line + 1 if event.start_mark else 0)
        if depth:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                return
            continue
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _file_error(location, "a file of answers holds one document; this starts a second")
        if not isinstance(event, yaml.NodeEvent):
            continue
        is_named = isinstance(event, yaml.AliasEvent) or bool(event.anchor)
        if is_named and key is None:
            raise _file_error(location, _NAMED)
        if not in_mapping:
            in_mapping = isinstance(event, yaml.MappingStartEvent)
            is_empty = isinstance(event, yaml.ScalarEvent) and _scalar(event) == Unquoted(event.value, None)
            if not in_mapping and not is_empty:
                raise _file_error(location, "answers are a mapping: write one 'question: answer' a line")
        elif key is None:
            if not isinstance(event, yaml.ScalarEvent):
                raise _file_error(location, "a question id must be a single value, not a list or a mapping")
            key = (event.value, location)
        else:
            if is_named or not isinstance(event, yaml.ScalarEvent):
                # The file goes on: tell its other mistakes, too.
                depth = int(isinstance(event, yaml.CollectionStartEvent))
                single = f"the answer to {value_text(key[0])} must be a single value, not a list or a mapping"
                yield key[0], Unreadable(_NAMED if is_named else single), location
            else:
                yield key[0], _scalar(event), key[1]
            key = None


def _scalar(event: ScalarEvent) -> str | Unquoted:
    """Return the value of a YAML or JSON scalar. Quoted scalars are text."""
    if event.style is not None or not event.implicit[0]:
        text: str = event.value
        return text
    return Unquoted(event.value, plain_value(event.value))
