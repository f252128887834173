"""Find the author's templates that override ours, and check them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from types import TracebackType

from jinja2 import Environment, TemplateSyntaxError

from assessor.errors import AssessorError, Location, nearest
from assessor.findings.finding import Finding
from assessor.findings.place import Place

SUFFIX = ".html.jinja"
# The subfolder for an author's templates.
OWN_FOLDER = "assessor"
# The folders of the slots' templates, and of the parts that these include.
TEMPLATE_FOLDERS = ("templates", "templates/parts")
# Former names of templates. They still work, until the next release.
FORMER_NAMES: Mapping[str, str] = {"picture.html.jinja": "charts.html.jinja"}
# How similar a name must be to one of ours to count as misspelt. An author may keep other templates there.
_ALIKE = 0.75


class TemplateError(AssessorError):
    """Rendering a template fails; has its file and line."""


@functools.cache
def template_names() -> tuple[str, ...]:
    """Return the names of the templates that ship."""
    return tuple(
        sorted(
            file.name
            for folder in TEMPLATE_FOLDERS
            for file in (resources.files("mkdocs_assessor") / folder).iterdir()
            if file.name.endswith(SUFFIX)
        )
    )


def overriding(folders: Iterable[Path]) -> list[Path]:
    """Return the files in an author's folders that override our templates."""
    names = {*template_names(), *FORMER_NAMES}
    return [file for file in _files(folders) if file.name in names]


def misspelt(folders: Iterable[Path]) -> Iterator[Finding]:
    """Yield a finding for each file with a misspelt or former name of a template."""
    names = {name.removesuffix(SUFFIX): name for name in template_names()}
    for file in _files(folders):
        if new := FORMER_NAMES.get(file.name):
            message = (
                f"template {file.name!r} is now named {new!r}; rename the file, the next release ignores the old name"
            )
            yield Finding("renamed-template", Place(str(Location(str(file)))), message)
            continue
        is_template = file.suffix == ".jinja" or file.parent.name == OWN_FOLDER
        if not is_template or file.name in names.values():
            continue
        meant = nearest(file.name.partition(".")[0], names, cutoff=_ALIKE)
        if meant is not None:
            message = f"there is no template {file.name!r}, so it changes nothing. Did you mean {names[meant]!r}?"
            yield Finding("unknown-template", Place(str(Location(str(file)))), message)


def check_templates(environment: Environment, folders: Iterable[Path], renderings: Iterable[Callable[[], str]]) -> None:
    """Refuse an author's templates if rendering them fails.

    Args:
        environment: The environment to render with.
        folders: The author's folders.
        renderings: Functions that each render a template for one use; only called if the author overrides templates.

    Raises:
        TemplateError: For the first error.
    """
    if not overriding(folders):
        return
    for render in renderings:
        try:
            render()
        except TemplateSyntaxError as error:
            raise TemplateError(f"{Location(str(error.filename), error.lineno)}: {error.message}") from None
        # Templates run their author's code, which may raise anything.
        except Exception as error:
            place = _place(error.__traceback__)
            raise TemplateError(f"{place or 'a template'}: {_said(error)}") from None


def _said(error: Exception) -> str:
    text = str(error)
    return text if type(error).__module__.startswith("jinja2") else f"{type(error).__name__}: {text}"


def _place(traceback: TracebackType | None) -> Location | None:
    """Return the innermost line of a traceback that is in a template."""
    place = None
    while traceback is not None:
        path = traceback.tb_frame.f_code.co_filename
        if path.endswith(".jinja"):
            place = Location(path, traceback.tb_lineno)
        traceback = traceback.tb_next
    return place


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for each in (folder / OWN_FOLDER, folder):
            if each.is_dir():
                yield from sorted(file for file in each.iterdir() if file.is_file())
