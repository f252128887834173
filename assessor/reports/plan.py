"""List the tasks that outcomes ask for, with the statements under which each applies."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessor.model.conditions import ALWAYS, Condition, walk
from assessor.model.questions.choices import question_of
from assessor.model.rules.actions import Action
from assessor.model.rules.outcomes import Outcome
from assessor.model.ruleset import RuleSet

# Enough to tell the steps of a rule set apart.
_CHARACTERS = 4


@dataclass(frozen=True)
class Task:
    """A task of a plan.

    Attributes:
        key: What identifies it in the browser: the id of the action or, because steps have no id, a digest of the
            step's text.
        when: The statements of which one must hold.
        text: What to do; inline Markdown.
        under: The outcomes under which it applies.
        condition: When it applies under these.
        because: The reason; inline Markdown.
        who: Who does it.
        about: The section of the guide that explains it.
        is_gap: Whether it closes a gap.
    """

    key: str
    when: Sequence[str]
    text: str
    under: Sequence[Outcome]
    condition: Condition = ALWAYS
    because: str = ""
    who: str = ""
    about: str = ""
    is_gap: bool = False


def tasks_of(ruleset: RuleSet) -> list[Task]:
    """Return every task that a rule set may ask for: gaps first, then first steps, then the other actions."""
    actions = [_action_task(action) for action in ruleset.actions]
    gaps = [task for task in actions if task.is_gap]
    return [*gaps, *_step_tasks(ruleset), *(task for task in actions if not task.is_gap)]


def step_key(step: str) -> str:
    """Return what identifies a first step in the browser. A step with another text is another step."""
    digest = hashlib.sha256(" ".join(step.split()).encode("utf-8")).digest()
    return f"step.{base64.b32encode(digest).decode('ascii').lower()[:_CHARACTERS]}"


def _action_task(action: Action) -> Task:
    questions = (question_of(each) for each in walk(action.when))
    about = next((each.about for each in questions if each is not None and each.about), "")
    return Task(
        action.id,
        (f"apply={action.id}",),
        action.title,
        action.under,
        action.when,
        action.because,
        action.who,
        about,
        action.gap,
    )


def _step_tasks(ruleset: RuleSet) -> Iterator[Task]:
    """Yield each first step once, with all outcomes that begin with it."""
    steps = dict.fromkeys(step for outcome in ruleset.outcomes for step in outcome.next_steps)
    for step in steps:
        under = [outcome for outcome in ruleset.outcomes if step in outcome.next_steps]
        yield Task(step_key(step), [f"outcome={outcome.id}" for outcome in under], step, under)
