"""Work out what `assessor translate` does for a rule set: which files it writes, and what they have then."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor.errors import AssessorError, Location, RuleSetError
from assessor.model.ruleset import RuleSet
from assessor.translations.catalogue import Catalogue, catalogue_files, read_catalogue
from assessor.translations.comments import Comments
from assessor.translations.updating import Update, new_catalogue, updated, written

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


class TranslationError(AssessorError):
    """Translating into a language is impossible."""


@dataclass(frozen=True)
class Change:
    """A file as it is, and as it should be.

    Attributes:
        file: The file.
        language: Its language.
        before: Its text; `None` if there is no such file.
        after: The text to write.
        update: What the text has.
    """

    file: Path
    language: str
    before: str | None
    after: str
    update: Update

    @property
    def is_change(self) -> bool:
        """Whether the file has another text."""
        return self.before != self.after

    def write(self) -> None:
        """Write the file, whole or not at all.

        Raises:
            RuleSetError: If writing it fails.
        """
        if not self.is_change:
            return
        unfinished = self.file.with_name(f".{self.file.name}.unfinished")
        try:
            target = self.file.resolve() if self.file.is_symlink() else self.file
            unfinished.write_bytes(self.after.encode())
            unfinished.replace(target)
        except OSError as error:
            raise RuleSetError(f"cannot write the file: {error.strerror}", Location(str(self.file))) from None
        finally:
            with contextlib.suppress(OSError):
                unfinished.unlink()

    def report(self, *, is_check: bool) -> Iterator[str]:
        """Yield the contents of the file, and the texts that moved to or from the unused ones."""
        update = self.update
        total = len(update.catalogue.entries)
        parts = [f"{total} texts", f"{update.missing} to translate", f"{update.stale} outdated"]
        if update.catalogue.unused:
            parts.append(f"{len(update.catalogue.unused)} unused")
        is_new = "" if self.before is not None else "is missing: " if is_check else "new: "
        is_behind = "not up to date: " if is_check and self.before is not None and self.is_change else ""
        yield f"{Location(str(self.file))}: {is_new or is_behind}{', '.join(parts)}."
        for entry in update.put_aside:
            verb = "would go" if is_check else "went"
            yield f"  The rule set no longer has {entry.part}, {entry.attribute}: “{entry.text}” {verb} under 'unused'."
        for entry in update.taken_back:
            yield f"  Used again: “{entry.text}”."


class Project:
    """A rule set and its files with translations."""

    def __init__(self, ruleset: RuleSet, source: Path) -> None:
        """Take the rule set, and the file that it is in.

        Raises:
            RuleSetError: If the rule set does not name its language.
        """
        self._ruleset = ruleset
        self._source = source
        if not ruleset.language:
            raise RuleSetError(
                f"{ruleset.owner_name} does not name its language, so translating it is impossible: write "
                "language='en', or the like",
                ruleset.location,
            )

    def changes(self, languages: Sequence[str]) -> Iterator[Change]:
        """Yield what becomes of each file.

        Args:
            languages: The languages; without any, all that have a file.

        Raises:
            RuleSetError: If a file is invalid.
            TranslationError: If translating into a language is impossible.
        """
        own = self._ruleset.language
        known = [read_catalogue(file, own) for file in catalogue_files(self._ruleset)]
        if not languages and not known:
            raise RuleSetError(
                f"{self._ruleset.owner_name} has no translations yet: name a language, as in --to de",
                self._ruleset.location,
            )
        for language in dict.fromkeys(languages or [each.language for each in known]):
            if not _CODE.fullmatch(language):
                raise TranslationError(f"{language!r} is no code of a language; write de, de-x-informal or the like")
            if language.lower() == own.lower():
                raise TranslationError(f"the rule set itself has the language {own!r}; name another one")
            found = next((each for each in known if each.language.lower() == language.lower()), None)
            yield self._change(found, language)

    def _change(self, found: Catalogue | None, language: str) -> Change:
        catalogue = found or self._at(self._new_file(language), language)
        text = catalogue.file.read_text(encoding="utf-8-sig") if catalogue.file.exists() else None
        comments = Comments.read(text or "", catalogue.file) if text else Comments()
        update = updated(catalogue, self._ruleset)
        header = (
            f"The words of {self._source.name} in the language {language}. Fill in what is empty; "
            f"'assessor translate' adds new texts\nand keeps everything else. "
            "{…} stands for the value of a fact."
        )
        after = written(update.catalogue, self._ruleset.language, header, comments)
        return Change(catalogue.file, catalogue.language, text, after, update)

    def _at(self, file: Path, language: str) -> Catalogue:
        """Return the catalogue in a file that the rule set does not list, or a new one."""
        if not file.exists():
            return new_catalogue(file, language)
        catalogue = read_catalogue(file, self._ruleset.language)
        if catalogue.language.lower() != language.lower():
            raise RuleSetError(
                f"this file has the language {catalogue.language!r}, so it cannot get {language!r}: rename it",
                catalogue.location,
            )
        return catalogue

    def _new_file(self, language: str) -> Path:
        folder = Path(self._ruleset.location.path).parent
        names = self._ruleset.translations
        missing = [each for each in names if "*" not in each and not (folder / each).exists()]
        named = [each for each in missing if language.lower() in re.split(r"[./_]", each.lower())]
        pattern = next((each.replace("*", language) for each in names if each.count("*") == 1), "")
        name = next(iter(named), "") or pattern or f"{self._source.stem}.{language}.yml"
        return Path(os.path.relpath(folder / name))

    def advice(self, changes: Sequence[Change]) -> Iterator[str]:
        """Yield what to write into the rule set so that it uses the new files."""
        used = {file.resolve() for file in catalogue_files(self._ruleset)}
        for change in changes:
            if change.file.resolve() not in used:
                name = change.file.name
                pattern = name.replace(f".{change.language}.", ".*.")
                yield (
                    f"{self._ruleset.location}: rule set {self._ruleset.id!r} does not use {name} yet; write "
                    f"translations={pattern!r}"
                )
