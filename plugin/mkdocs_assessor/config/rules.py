"""Read the rule sets that a configuration lists, and their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assessor.loading.reference import BUNDLED
from mkdocs_assessor.diagnostics import OptionError
from mkdocs_assessor.page.syntax import SLOT_NAMES

if TYPE_CHECKING:
    from assessor.model.ruleset import RuleSet

NAME = r"(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*"

# Our HTML ids start with "assessor" and one of these, or with "assessor" and the name of the rule set.
RESERVED = frozenset((*SLOT_NAMES, "slot", "rule", "criterion", "fact", "case", "outcome", "section", "result"))


def check_ids(named: Mapping[str, RuleSet]) -> None:
    """Refuse two rule sets with the same id.

    Args:
        named: The rule sets by name.

    Raises:
        OptionError: If two have the same id.
    """
    names: dict[str, str] = {}
    for name, ruleset in named.items():
        if ruleset.id in names:
            raise OptionError(
                f"rules: {names[ruleset.id]!r} and {name!r} are both the rule set {ruleset.id!r}: browsers store "
                "answers by that id, so give each its own",
                "rules",
                name,
            )
        names[ruleset.id] = name


def references(rules: object) -> dict[str, str]:
    """Return the references in the option `rules`, by name.

    Args:
        rules: A reference, or a mapping of names to references.

    Raises:
        OptionError: If it is anything else, or no link can contain a name.
    """
    if isinstance(rules, str):
        return {"": rules}
    if not isinstance(rules, Mapping) or not rules:
        raise OptionError(f"rules: write a reference, or a mapping of names to references, not {rules!r}", "rules")
    for name, reference in rules.items():
        if not isinstance(name, str) or not re.fullmatch(NAME, name) or name in RESERVED:
            raise OptionError(
                f"rules: {name!r} cannot name a rule set: write lower-case letters and digits joined by hyphens, and "
                f"none of {', '.join(sorted(RESERVED))}",
                "rules",
                name,
            )
        if not isinstance(reference, str):
            said = f"rules: {name}: write a reference, such as 'rules/{name}.py', not {reference!r}"
            raise OptionError(said, "rules", name)
    return dict(rules)


def rules_of(options: Mapping[str, Any]) -> Any:
    """Return the option `rules`; by default the bundled rule set."""
    given = options.get("rules")
    return BUNDLED if given is None else given
