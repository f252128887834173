import inspect
import subprocess
import sys

import pytest

import assessor


def test_the_public_names_are_listed_once_in_order() -> None:
    assert assessor.__all__ == sorted(set(assessor.__all__), key=lambda name: (name[0].islower(), name))


@pytest.mark.parametrize("name", assessor.__all__)
def test_a_public_name_is_there_and_documented(name: str) -> None:
    thing = getattr(assessor, name)
    if inspect.isclass(thing) or inspect.isfunction(thing):
        assert thing.__doc__
        # A dataclass without a docstring gets its signature for one.
        assert not thing.__doc__.startswith(f"{name}(")
        assert thing.__module__.startswith("assessor.")
    elif not hasattr(thing, "__wrapped__"):  # a cached function
        assert name == "Answer"  # a type alias: its words stand below it


@pytest.mark.parametrize("name", [name for name in assessor.__all__ if inspect.isclass(getattr(assessor, name))])
def test_what_a_public_class_offers_is_documented(name: str) -> None:
    thing = getattr(assessor, name)
    offered = {key: value for key, value in vars(thing).items() if not key.startswith("_")}
    for key, value in offered.items():
        function = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
        function = getattr(function, "func", function)  # a cached property
        if inspect.isfunction(function):
            assert function.__doc__, f"{name}.{key}"


def test_the_core_imports_no_docs_generator() -> None:
    program = (
        "import importlib, pkgutil, sys, assessor\n"
        "for module in pkgutil.walk_packages(assessor.__path__, 'assessor.'): importlib.import_module(module.name)\n"
        "foreign = {name.partition('.')[0] for name in sys.modules} & set(sys.argv[1:])\n"
        "print(sorted(foreign))\n"
    )
    banned = ["markdown", "mkdocs", "mkdocs_assessor", "material", "jinja2", "zensical", "properdocs"]
    ran = subprocess.run([sys.executable, "-c", program, *banned], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_importing_the_core_imports_no_command_line() -> None:
    program = "import sys, assessor; print('click' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
