"""Classes of options: type checkers know each option as an attribute of the choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from assessor.errors import RuleSetError
from assessor.model.conditions import Condition
from assessor.model.questions.choices import Choice, ChoiceQuestion, Option


class Options(ChoiceQuestion):
    """A class of options, from which a choice is made; type checkers know each as an attribute of the choice.

    ```py
    class Residency(Options):
        home = Option("home", "In our country")
        not_sure = Option("not-sure", "We are not sure")


    residency = Residency("residency", "Where must the data stay?")
    Rule(residency.home, …)
    ```

    The choice is the same as `Choice(…, [Option("home", …), …])`. The name of each
    attribute is the id of the option, with `_` for `-`.
    """

    if TYPE_CHECKING:

        def __init__(
            self,
            id: str,
            wording: str,
            *,
            name: str = "",
            hint: str = "",
            why: str = "",
            about: str = "",
            asked_of: str = "",
            asked_when: Condition | None = None,
            formerly: Sequence[str] | Mapping[str, str | Sequence[str]] = (),
            retired: Sequence[str] = (),
        ) -> None:
            """Take what a choice does, but for its options."""

    if not TYPE_CHECKING:

        def __new__(cls, id, wording, **attributes):
            """Return the choice: not one of this class, which a rule set that is loaded again would make anew."""
            found = {name: each for base in reversed(cls.__mro__) for name, each in vars(base).items()}
            return Choice(id, wording, [each for each in found.values() if isinstance(each, Option)], **attributes)

    def __init_subclass__(cls) -> None:
        """Check the names of the options."""
        for name, option in vars(cls).items():
            if isinstance(option, Option):
                if name in _RESERVED:
                    raise RuleSetError(
                        f"class {cls.__name__}: every choice has an attribute {name!r}, so no option of a class is "
                        f"called so; write Choice(…, {{{option.id!r}: …}}), and question.is_({option.id!r})"
                    )
                if option.id.replace("-", "_") != name:
                    raise RuleSetError(
                        f"class {cls.__name__}: option {option.id!r} is called {name!r}; name it as its id, "
                        f"with _ for -: {str(option.id).replace('-', '_')}"
                    )


# What an option is never an attribute for: the attributes that every choice has.
_RESERVED = frozenset([*dir(Choice), *(each.name for each in fields(Choice))])
