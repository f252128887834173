"""Provide what the commands share: `--rules`, `--format` and `--language`, reading answers, and reporting errors."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from assessor.errors import (
    AnswerProblem,
    AnswersError,
    AssessorError,
    DecisionTableError,
    Location,
    RuleSetError,
    did_you_mean,
)
from assessor.findings.place import place_of
from assessor.language.words import Words, WordsError, load_words
from assessor.loading.answers import read_answers
from assessor.loading.load import BUNDLED, LoadingError, load_ruleset, split_reference
from assessor.model.answers import Answer
from assessor.model.questions.choices import Choice
from assessor.model.ruleset import RuleSet
from assessor.reports.wording import ruleset_words, statement

# What errors of configurations and templates begin with: a file and a line.
_WITH_PLACE = re.compile(r"(?P<place>\S.*?(?::\d+)+): (?P<message>.*)")


def _choose_rules(context: click.Context, parameter: click.Parameter, reference: str | None) -> str:
    """Return the given rule set, or else that of the site in the working directory."""
    if reference is not None:
        return reference
    # Some commands take it as an argument.
    naming, call = ("--rules",) * 2 if isinstance(parameter, click.Option) else ("REF", context.command_path)
    # Each entry point is a function of the docs side: () -> (configuration, {name: reference}) | None.
    for site_rules in docs_side("assessor.site_rules"):
        try:
            found = site_rules()
        except AssessorError as error:
            fail(error, f"Unless you name one with {naming}, the rule set is that of the site here.")
        if found is None:
            continue
        configuration, named = found
        if not named:
            click.echo(bundled_since(configuration, naming), err=True)
            return BUNDLED
        if len(named) > 1:
            choices = ", or ".join(f"{call} {each}" for each in named.values())
            raise click.UsageError(f"{configuration} names several rule sets: write {choices}")
        (chosen,) = named.values()
        # Name the rules: with the wrong ones, every error would be missed.
        click.echo(f"rules: {chosen}, as {configuration} says", err=True)
        return str(chosen)
    # A job in the wrong folder must not pass because the bundled rules are sound.
    demo = split_reference(BUNDLED)[0]
    raise click.UsageError(f"there is no rule set here: name it with {naming}; for the demo, {call} {demo}")


def docs_side(group: str) -> Iterator[Callable[..., Any]]:
    """Yield the functions that the docs side, which the core does not import, has under an entry point."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow to import

    for entry_point in entry_points(group=group):
        yield entry_point.load()


def bundled_since(configuration: object | None, naming: str = "--rules") -> str:
    """Return a message that the bundled rules apply, because there is no configuration or it names no rules."""
    cause = f"{configuration} names none" if configuration else "there is no configuration here"
    return f"rules: the bundled guide for Medplum, since {cause}; name yours with {naming}"


# The sections of the list of commands, in the order of an author's work.
SECTIONS = ("Start a guide", "Check it", "Review a change", "Decide", "Use the rules elsewhere")

# Options that no group names are the command's own. The help comes last.
_GROUPS = {
    **dict.fromkeys(("rules", "config"), "Rules"),
    **dict.fromkeys(("format", "language", "words", "base-url"), "Output"),
    "help": "Help",
}
_OWN_OPTIONS = "Options"


class Command(click.Command):
    """A command whose help has an example, and its options in groups."""

    def __init__(self, *arguments: Any, section: str, example: str, **options: Any) -> None:
        """Create the command.

        Args:
            arguments: What click takes.
            section: The section of the list of commands, one of `SECTIONS`.
            example: One or more lines to type.
            options: What click takes.
        """
        super().__init__(*arguments, **options)
        self.section = section
        self.example = example

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does, and an example."""
        super().format_help_text(ctx, formatter)
        with formatter.section("Example"):
            for line in self.example.splitlines():
                # write_text would fill the lines, and nobody could copy them.
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options: first the command's own, then those that commands share."""
        groups: dict[str, list[tuple[str, str]]] = {_OWN_OPTIONS: []}
        for parameter in self.get_params(ctx):
            if not isinstance(parameter, click.Option):
                continue
            names = (name.removeprefix("--") for name in parameter.opts)
            group = next((_GROUPS[name] for name in names if name in _GROUPS), _OWN_OPTIONS)
            if (record := parameter.get_help_record(ctx)) is not None:
                groups.setdefault(group, []).append(record)
        for group, records in groups.items():
            if not records:
                continue  # a command without options of its own
            with formatter.section(group):
                formatter.write_dl(records)


rules_option: Callable[[Any], Any] = click.option(
    "--rules",
    "reference",
    metavar="REF",
    callback=_choose_rules,
    help="The rule set: path/to/file.py or package.module, with :name if there are several. By default the rule set of "
    "the site in the working directory.",
)

rules_argument: Callable[[Any], Any] = click.argument(
    "reference", required=False, metavar="[REF]", callback=_choose_rules
)


def load_rules(reference: str) -> RuleSet:
    """Return the rule set of the option `--rules` of a command that also takes a git revision, `git:REV:PATH`.

    Raises:
        AssessorError: If loading it fails.
    """
    if not reference.startswith("git:"):
        return load_ruleset(reference)
    from assessor.loading.revisions import load_revision  # noqa: PLC0415 - few need it, and it imports a lot

    return load_revision(reference)


def _read_language(context: click.Context, option: click.Parameter, language: str | None) -> Words | None:
    try:
        return None if language is None else load_words(language)
    except WordsError as error:
        raise click.BadParameter(str(error)) from None


language_option: Callable[[Any], Any] = click.option(
    "--language",
    "words",
    metavar="LANG",
    callback=_read_language,
    help="The language of the output: de, de-x-informal, en, es, fr or ja; by default that of the rule set. Texts that "
    "the rule set does not have in that language stay in its own.",
)


def spoken(ruleset: RuleSet, words: Words | None) -> tuple[RuleSet, Words]:
    """Return a rule set in the language of the option `--language`, and the words for it.

    Args:
        ruleset: The rule set.
        words: The words of the language; `None` for the rule set's own.

    Raises:
        RuleSetError: If a file with translations is invalid.
    """
    if words is None:
        return ruleset, ruleset_words(ruleset)
    from assessor.translations.translated import in_language  # noqa: PLC0415 - few need it

    translated = in_language(ruleset, words.form)
    return translated, words.beside(translated.language)


words_option: Callable[[Any], Any] = click.option(
    "--words",
    "words_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A YAML file with texts that replace the built-in ones, by key, as in the plugin's option 'words'.",
)
base_url_option: Callable[[Any], Any] = click.option(
    "--base-url",
    metavar="URL",
    default="",
    help="Where the docs are published, for links into them: https://docs.example.org/, or with {page} for the path of "
    "a page: https://docs.example.org/{page}.html. Without it, the command leaves these links out.",
)


def schema_option(schema: Callable[[], Any], help_text: str) -> Callable[[Any], Any]:
    """Return the option `--schema`, which prints a JSON Schema instead of running the command.

    Args:
        schema: Returns the schema.
        help_text: The help of the option.
    """

    def show(context: click.Context, option: click.Parameter, is_wanted: bool) -> None:
        if is_wanted:
            click.echo(json.dumps(schema(), indent=2))
            context.exit()

    # Run this before other options are read, because it needs no rule set and no configuration.
    return click.option("--schema", is_flag=True, is_eager=True, expose_value=False, callback=show, help=help_text)


def format_option(*formats: str) -> Callable[[Any], Any]:
    """Return the option `--format`. The first format is the default."""
    return click.option(
        "--format",
        "output",
        type=click.Choice(formats),
        metavar="FORMAT",
        default=formats[0],
        help=f"The format of the output: {', '.join(formats[:-1])} or {formats[-1]}; by default {formats[0]}.",
    )


def answers_of(ruleset: RuleSet, answers: str | None) -> dict[str, Answer]:
    """Read the answers that count for a command, from a file or, if there is none or it is `-`, from standard input."""
    if answers in (None, "-"):
        if sys.stdin is None:
            raise click.UsageError("there is no standard input: give a file of answers")
        if answers is None and sys.stdin.isatty():
            raise click.UsageError("give a file of answers, or - to type them and end with Ctrl-D")
        try:
            return _offered(ruleset, read_answers(ruleset.questions, sys.stdin.buffer, "<stdin>", _tell), "<stdin>")
        except OSError as error:
            fail(f"<stdin>: cannot read the answers: {error.strerror}.")
    path = Path(str(answers))
    try:
        with path.open("rb") as stream:
            return _offered(ruleset, read_answers(ruleset.questions, stream, str(path), _tell), str(path))
    except OSError as error:
        hint = ""
        if isinstance(error, FileNotFoundError) and path.parent.is_dir():
            hint = did_you_mean(path.name, [each.name for each in path.parent.glob("*") if each.is_file()])
        fail(f"{path}: cannot read the answers: {error.strerror}.{hint}")


def _offered(ruleset: RuleSet, answers: dict[str, Answer], name: str) -> dict[str, Answer]:
    """Return the answers whose options are offered, and print what became of the others."""
    if not any(isinstance(question, Choice) and question.restricted for question in ruleset.questions):
        return answers
    from assessor.assessment.assess import counted_answers  # noqa: PLC0415 - slow to import, and most need none

    counted = counted_answers(ruleset, answers)
    for question in ruleset.questions:
        if isinstance(question, Choice) and question.id in answers and question.id not in counted:
            option = str(answers[question.id])
            when = statement(question.restricted[option], ruleset_words(ruleset))
            message = f"question {question.id!r} offers {option!r} only if {when}; without that, this is no answer"
            _tell(AnswerProblem(question.id, message, Location(name)))
    return {name: answer for name, answer in answers.items() if name in counted}


def _tell(problem: AnswerProblem) -> None:
    """Print what became of an answer with an old id."""
    click.echo(f"{problem.location}: note: {problem.message}", err=True)


def check_outcome(ruleset: RuleSet, option: str, outcome: str) -> None:
    """Refuse an outcome that does not exist.

    Args:
        ruleset: The rule set with the outcomes.
        option: The option that named it, for the message.
        outcome: The id.
    """
    known: Sequence[str] = [each.id for each in ruleset.outcomes]
    if outcome not in known:
        raise click.UsageError(f"{option}: there is no outcome {outcome!r}.{did_you_mean(outcome, known)}")


def fail(error: AssessorError | str, hint: str = "") -> NoReturn:
    """Print an error with its line, as compilers and findings write one, and exit with 2: bad usage or input.

    Args:
        error: What is wrong; a line for each mistake.
        hint: What to know besides.
    """
    for place, message in _placed(error):
        for line in message.splitlines():
            click.echo(f"{place}: error: {line}" if place else f"error: {line}", err=True)
    # A table may have many mistakes, and names the cell of each.
    if isinstance(error, (RuleSetError, LoadingError)) and error.location and not error.location.cell:
        excerpt = place_of(error.location).excerpt
        if excerpt:
            click.echo(excerpt, err=True)
    if hint:
        click.echo(hint, err=True)
    sys.exit(2)


def _placed(error: AssessorError | str) -> Iterator[tuple[str, str]]:
    """Yield the place of each mistake, or nothing where there is none, and what is wrong."""
    if isinstance(error, DecisionTableError):
        yield from ((str(place), message) for place, message in error.problems)
    elif isinstance(error, AnswersError):
        yield from ((str(each.location or ""), each.message) for each in error.problems)
    elif isinstance(error, (RuleSetError, LoadingError)) and error.location:
        yield str(error.location), error.message
    else:
        for line in str(error).splitlines():
            match = _WITH_PLACE.match(line)
            yield (match["place"], match["message"]) if match else ("", line)
