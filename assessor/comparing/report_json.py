"""A comparison as JSON, for tools."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from assessor.comparing.changes import CaseChange, Comparison, ConditionChange, OutcomeChange
from assessor.ruleset import RuleSet


def comparison_json(old: RuleSet, new: RuleSet, comparison: Comparison) -> str:
    """Return a comparison as JSON; counts are decimal strings, since they may pass 2**53."""
    report: dict[str, Any] = {
        "old": old.id,
        "new": new.id,
        "same": comparison.is_same,
        "total": str(comparison.total),
        "changed": str(comparison.changed),
        "share": float(comparison.share(comparison.changed)),
        "outcome_changes": [_outcome(comparison, change) for change in comparison.outcome_changes],
        "condition_changes": [_condition(comparison, change) for change in comparison.condition_changes],
        **{plural: dataclasses.asdict(change) for plural, change in comparison.parts.items()},
        "options": {name: dataclasses.asdict(change) for name, change in comparison.options.items()},
        "fields": [dataclasses.asdict(change) for change in comparison.fields],
        "case_outcomes": [_case(change) for change in comparison.cases],
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _outcome(comparison: Comparison, change: OutcomeChange) -> dict[str, Any]:
    return {
        "old": change.old or None,
        "new": change.new or None,
        "count": str(change.count),
        "share": float(comparison.share(change.count)),
        "by_rule": [
            {
                "old": each.old or None,
                "new": each.new or None,
                "count": str(each.count),
                "cause": each.cause,
                "example": dict(each.example),
                "old_example": dict(each.old_example),
            }
            for each in change.by_rule
        ],
    }


def _condition(comparison: Comparison, change: ConditionChange) -> dict[str, Any]:
    return {
        **dataclasses.asdict(change),
        "count": str(change.count),
        "share": float(comparison.share(change.count)),
    }


def _case(change: CaseChange) -> dict[str, Any]:
    return {
        "id": change.id,
        "old": {"settled": change.old is not None, "outcome": change.old or None},
        "new": {"settled": change.new is not None, "outcome": change.new or None},
        "answers_changed": change.answers_changed,
    }
