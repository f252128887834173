"""Find questions and options whose id or meaning changed, and what that does to stored answers."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assessor.compare.changes import ComparisonError
from assessor.errors import did_you_mean
from assessor.logic.compiling.meaning import meaning_of
from assessor.model.answers import Answer
from assessor.model.questions.choices import Choice
from assessor.model.questions.question import Question
from assessor.model.ruleset import RuleSet


@dataclass(frozen=True)
class Renames:
    """New ids by old ids.

    Attributes:
        questions: The renamed questions.
        options: The renamed options, by the old id of their question.
        decisions: The renamed decisions.
    """

    questions: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)

    def question(self, name: str) -> str:
        """Return the new id of a question."""
        return self.questions.get(name, name)

    def decision(self, name: str) -> str:
        """Return the new id of a decision."""
        return self.decisions.get(name, name)

    def answer(self, question: str, answer: Answer) -> Answer:
        """Return the new form of an answer to a question with an old id."""
        return self.options.get(question, {}).get(answer, answer) if isinstance(answer, str) else answer

    def answers(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """Return stored answers with the new ids."""
        return {self.question(name): self.answer(name, answer) for name, answer in answers.items()}

    def undone(self) -> Renames:
        """Return the inverse: old ids by new ids."""
        return Renames(
            {new: old for old, new in self.questions.items()},
            {self.question(name): {new: old for old, new in options.items()} for name, options in self.options.items()},
            {new: old for old, new in self.decisions.items()},
        )


def find_renames(old: RuleSet, new: RuleSet, given: Mapping[str, str]) -> Renames:
    """Return the renamed ids: those given, and those of parts whose texts are all unchanged.

    Args:
        old: The rule set before.
        new: The rule set now.
        given: New ids by old ids; write options as `question.option`.

    Raises:
        ComparisonError: If a given id does not exist, or two get the same new one.
    """
    said = {before: after for before, after in given.items() if before != after}
    questions = {before: after for before, after in said.items() if "." not in before + after}
    _check(questions, old.questions_by_id, new.questions_by_id, "question")
    for after in new.questions:
        for name in after.formerly:
            if name in old.questions_by_id and name not in new.questions_by_id and after.id not in questions.values():
                questions.setdefault(name, after.id)
    gone = [q for q in old.questions if q.id not in new.questions_by_id and q.id not in questions]
    come = [q for q in new.questions if q.id not in old.questions_by_id and q.id not in questions.values()]
    for before in gone:
        alike = [after for after in come if type(after) is type(before) and after.wording == before.wording]
        if len(alike) == 1 and alike[0].id not in questions.values():
            questions[before.id] = alike[0].id
    options = {
        question.id: _options(old, new, question, questions.get(question.id, question.id), said)
        for question in old.questions
        if isinstance(question, Choice)
    }
    _check_options(old, new, questions, said)
    decisions = {
        old.decisions[before].id: new.decisions[after].id
        for before, after in same_decisions(old, new)
        if old.decisions and new.decisions and old.decisions[before].id != new.decisions[after].id
    }
    return Renames(questions, {name: renamed for name, renamed in options.items() if renamed}, decisions)


def same_decisions(old: RuleSet, new: RuleSet) -> list[tuple[int, int]]:
    """Return the positions of each decision that both rule sets have, in the order of the new one.

    A decision with a new id, or without one because the rule set has only `rules`, is the one that comes to most of
    its outcomes.
    """
    before, after = ([{rule.then.id for rule in rules} for rules in each.rules_by_decision] for each in (old, new))
    old_ids, new_ids = [each.id for each in old.decisions], [each.id for each in new.decisions]
    if len(before) == len(after) == 1:
        return [(0, 0)]
    pairs = [(old_ids.index(name), new_ids.index(name)) for name in old_ids if name in new_ids]
    alike = [(len(one & two), i, n) for i, one in enumerate(before) for n, two in enumerate(after) if one & two]
    for _, i, n in sorted(alike, key=lambda each: (-each[0], *each[1:])):
        if i not in [one for one, _ in pairs] and n not in [two for _, two in pairs]:
            pairs.append((i, n))
    if not pairs and 1 in (len(before), len(after)):
        pairs = [(0, 0)]
    return sorted(pairs, key=lambda pair: pair[1])


def _options(old: RuleSet, new: RuleSet, before: Choice, name: str, said: Mapping[str, str]) -> dict[str, str]:
    """Return the renamed options of one question."""
    after = new.questions_by_id.get(name)
    if not isinstance(after, Choice):
        return {}
    renamed = {
        old_name.partition(".")[2]: new_name.partition(".")[2]
        for old_name, new_name in said.items()
        if old_name.startswith(f"{before.id}.") and new_name.startswith(f"{name}.")
    }
    _check(renamed, before.option_ids, after.option_ids, "option", old_prefix=f"{before.id}.", new_prefix=f"{name}.")
    for option in after.options:
        for former in option.formerly:
            if former in before.option_ids and former not in after.option_ids and option.id not in renamed.values():
                renamed.setdefault(former, option.id)
    come = [option for option in after.options if option.id not in before.option_ids]
    for option in before.options:
        if option.id in after.option_ids or option.id in renamed:
            continue
        alike = [each.id for each in come if each.label == option.label]
        if len(alike) == 1 and alike[0] not in renamed.values():
            renamed[option.id] = alike[0]
    return renamed


def _check(
    renamed: Mapping[str, str],
    old: Collection[str],
    new: Collection[str],
    kind: str,
    *,
    old_prefix: str = "",
    new_prefix: str = "",
) -> None:
    """Refuse renames of ids that don't exist, and of two ids to the same one."""
    for before, after in renamed.items():
        option = f"--rename {old_prefix}{before}={new_prefix}{after}"
        for known, name, which in ((old, before, "old"), (new, after, "new")):
            if name not in known:
                raise ComparisonError(
                    f"{option}: there is no {kind} {name!r} in the {which} rule set.{did_you_mean(name, known)}"
                )
        others = [each for each, name in renamed.items() if name == after and each != before]
        if others:
            raise ComparisonError(f"{option}: {others[0]!r} is to become {after!r}, too, and only one {kind} can")
        if after in old and after not in renamed:
            raise ComparisonError(
                f"{option}: the old rule set has {after!r} already: say what became of that by another --rename, "
                "or leave this one out"
            )
    kept = next((each for each in renamed if each in new and each not in renamed.values()), None)
    if kept is not None:
        raise ComparisonError(
            f"--rename {old_prefix}{kept}={new_prefix}{renamed[kept]}: the new rule set still has the {kind} {kept!r}, "
            "so it has no new id"
        )


def _check_options(old: RuleSet, new: RuleSet, questions: Mapping[str, str], said: Mapping[str, str]) -> None:
    """Refuse renames of options whose question does not exist in one of the rule sets, or is not the same in both."""
    for before, after in said.items():
        if "." not in before + after:
            continue
        option = f"--rename {before}={after}"
        sides: Sequence[tuple[str, RuleSet, str]] = ((before, old, "old"), (after, new, "new"))
        for name, ruleset, which in sides:
            question_id, dot, _ = name.partition(".")
            choices = [question.id for question in ruleset.questions if isinstance(question, Choice)]
            if not dot:
                raise ComparisonError(f"{option}: name the option on both sides, as question.option")
            if question_id not in choices:
                raise ComparisonError(
                    f"{option}: there is no choice {question_id!r} in the {which} rule set."
                    f"{did_you_mean(question_id, choices)}"
                )
        old_id, new_id = before.partition(".")[0], after.partition(".")[0]
        if questions.get(old_id, old_id) != new_id:
            raise ComparisonError(
                f"{option}: question {old_id!r} is {questions.get(old_id, old_id)!r} now, and not {new_id!r}"
            )


def lines_to_write(new: RuleSet, renames: Renames) -> Iterator[str]:
    """Yield what to write in the new rule set, so that links and stored answers with old ids stay valid."""
    for question in new.questions:
        before = [
            old for old, name in renames.questions.items() if name == question.id and old not in question.formerly
        ]
        if before:
            yield f'{type(question).__name__}("{question.id}", …, formerly={_listed([*question.formerly, *before])})'
        old_id = renames.undone().question(question.id)
        if isinstance(question, Choice):
            known = {option.id: option.formerly for option in question.options}
            former = {
                name: [*known[name], old]
                for old, name in renames.options.get(old_id, {}).items()
                if old not in known[name]
            }
            if former and not before and not question.formerly and not any(known.values()):
                pairs = ", ".join(f"{json.dumps(name)}: {json.dumps(*ids)}" for name, ids in former.items())
                yield f'Choice("{question.id}", …, formerly={{{pairs}}})'
            else:
                for name, ids in former.items():
                    yield f'Option("{name}", …, formerly={_listed(ids)}) in question {question.id!r}'


def unconfirmed(old: RuleSet, new: RuleSet, renames: Renames) -> Iterator[str]:
    """Yield the questions whose meaning changed: stored answers to them wait until the reader confirms them."""
    for before in old.questions:
        after = new.questions_by_id.get(renames.question(before.id))
        if after is None or type(after) is not type(before):
            continue
        if _meaning(new, after) != _meaning(old, before):
            yield after.id


def _meaning(ruleset: RuleSet, question: Question) -> str:
    return meaning_of(question, ruleset.asked_when.get(question.id))


def _listed(ids: Sequence[str]) -> str:
    return f"[{', '.join(json.dumps(each) for each in ids)}]"
