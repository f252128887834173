"""Load a rule set by a reference."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from assessor.assessment import cases as case_checks
from assessor.errors import AssessorError, LoadingError, Location, did_you_mean
from assessor.loading.failures import explain_error, explain_syntax_error
from assessor.loading.mistakes import find_mistakes
from assessor.loading.reference import is_module, locate, split_reference
from assessor.model.ruleset import RuleSet


def load_ruleset(reference: str, base: Path | None = None, *, check_cases: bool = True) -> RuleSet:
    """Load the rule set that a reference names, without a cache.

    The file runs like any Python module. Afterwards, this unloads the file and the author's modules that it imports, so
    that the next call reads changed files. A file in a package may import from it (`from .parts import …`), and any
    file from its own folder and from the base folder.

    Args:
        reference: `path/to/file.py` or `package.module`, followed by `:name` if the module has several rule sets.
        base: The base folder of relative paths; by default the working directory.
        check_cases: Whether to refuse a rule set with a failing case.

    Raises:
        LoadingError: If the file, module or name does not exist, or its code fails.
        RuleSetError: If the rule set is invalid, or one of its cases fails.
    """
    target, name = split_reference(reference)
    # Keep what a rule set prints out of the output of our command.
    with redirect_stdout(sys.stderr):
        path, spec = locate(target, base)
        module = _module_of(path, spec, target)
        with _importing_beside(path, module, (base or Path()).resolve()):
            _run(path, module)
    ruleset = _find(module, name, path)
    if check_cases:
        case_checks.check_cases(ruleset)
    return ruleset


def _module_of(path: Path, spec: ModuleSpec | None, target: str) -> ModuleType:
    """Return a new module to run a file in."""
    module = ModuleType(spec.name if spec else f"ruleset_{path.stem}")
    # Rule sets find files beside them by `__file__`, as in any module.
    module.__file__ = str(path.resolve())
    package = ".".join(folder.name for folder in _packages_above(path))
    # A folder without __init__.py is a package, too, for who names a module in it.
    named = target.rpartition(".")[0] if is_module(target) else ""
    module.__package__ = spec.parent if spec else package or named
    if spec and spec.submodule_search_locations is not None:
        module.__path__ = list(spec.submodule_search_locations)
    return module


def _packages_above(path: Path) -> list[Path]:
    """Return the folders of the packages that contain a file, outermost first."""
    packages: list[Path] = []
    folder = path.resolve().parent
    while folder.name.isidentifier() and (folder / "__init__.py").is_file():
        packages.insert(0, folder)
        folder = folder.parent
    return packages


def _own_folder(path: Path) -> Path:
    """Return the folder of an author's code: the outermost package, or else the folder of the file."""
    return next(iter(_packages_above(path)), path.resolve().parent)


@contextmanager
def _importing_beside(path: Path, module: ModuleType, base: Path) -> Iterator[None]:
    """Let a file import its neighbours, its package and what is in the base folder.

    This unloads all of them afterwards, so that the next call sees changes.
    """
    own_folder = _own_folder(path)
    own_name = module.__name__
    folders = [str(path.resolve().parent)]
    known = dict(sys.modules)
    path_list, path_before = sys.path, list(sys.path)
    package = own_folder.name
    is_imported = own_name.startswith(f"{package}.")
    if module.__package__ and not is_imported and _is_own(str(own_folder), f"{package}.", own_folder):
        folders.append(str(own_folder.parent))
        # Another package with this name, or an older state of this one, may already be imported.
        for name in [name for name in known if name.partition(".")[0] == package]:
            del sys.modules[name]
    # What is installed goes before the base folder, in which a site may have files of any name.
    sys.path[:] = [*folders, *sys.path, str(base)]
    sys.modules[own_name] = module
    try:
        yield
    finally:
        # The file may have changed or replaced the list.
        sys.path = path_list
        sys.path[:] = path_before
        for name, each in list(sys.modules.items()):
            if name == own_name or (name not in known and (_is_beside(each, own_folder) or _is_beside(each, base))):
                del sys.modules[name]
        sys.modules.update(known)


def _is_beside(module: ModuleType | None, folder: Path) -> bool:
    # A package without __init__.py has no file.
    file = getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", [])), "")
    return _is_own(str(file), str(getattr(module, "__name__", "")), folder)


def _is_own(file: str, name: str, folder: Path) -> bool:
    """Return whether a module is the author's: in the folder, but not part of this package or an installed one."""
    is_ours = name.startswith(("assessor.", "mkdocs_assessor")) and not name.startswith("assessor.rulesets.")
    return Path(file).is_relative_to(folder) and "site-packages" not in file and not is_ours


def _run(path: Path, module: ModuleType) -> None:
    try:
        source = path.read_bytes()
    except OSError as error:
        raise LoadingError(f"cannot read the file: {error.strerror}", Location(str(path))) from None
    tree = ast.Module([], [])
    try:
        tree = ast.parse(source, str(path))
        for line, message in find_mistakes(tree, importlib.util.decode_source(source)):
            raise LoadingError(message, Location(str(path), line))
        # Don't use the import system: after two changes within a second, its cached bytecode may be outdated.
        exec(compile(tree, str(path), "exec", dont_inherit=True), module.__dict__)
    except (AssessorError, KeyboardInterrupt):
        raise
    except SyntaxError as error:
        raise LoadingError(
            explain_syntax_error(error), Location(error.filename or str(path), error.lineno or 0)
        ) from None
    except BaseException as error:
        location, names = _raised_at(error, path)
        line = location.line if location.path == str(path) else 0
        raise LoadingError(explain_error(error, names or vars(module), tree.body, line), location) from error


def _raised_at(error: BaseException, path: Path) -> tuple[Location, Mapping[str, object]]:
    """Return the innermost line of the author's code, which the author can fix, and the names defined there."""
    location = Location(str(path))
    names: Mapping[str, object] = {}
    folder = _own_folder(path)
    from traceback import walk_tb  # noqa: PLC0415 - rules that run start without it

    for frame, line in walk_tb(error.__traceback__):
        file, name = frame.f_code.co_filename, str(frame.f_globals.get("__name__", ""))
        if file == str(path) or _is_own(file, name, folder):
            location, names = Location(file, line), frame.f_globals
    return location, names


def _find(module: ModuleType, name: str, path: Path) -> RuleSet:
    found = {key: value for key, value in vars(module).items() if isinstance(value, RuleSet)}
    location = Location(str(path))
    if name:
        if name not in found:
            raise LoadingError(f"there is no rule set named {name!r} here.{did_you_mean(name, found)}", location)
        return found[name]
    if "ruleset" in found:
        return found["ruleset"]
    if len(found) > 1:
        raise LoadingError(f"there are several rule sets here: add one of :{', :'.join(found)}", location)
    if not found:
        raise LoadingError("there is no rule set here: assign one, ruleset = RuleSet(…)", location)
    return next(iter(found.values()))
