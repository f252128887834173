"""Provide the options that commands share, such as `--rules`, `--format` and `--language`, and read their values."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from assessor.commands.failing import fail
from assessor.errors import AssessorError
from assessor.language.words import Words, WordsError, load_words
from assessor.loading.load import load_ruleset
from assessor.loading.reference import BUNDLED, split_reference
from assessor.model.ruleset import RuleSet
from assessor.reports.wording import ruleset_words


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
