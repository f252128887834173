"""Hand out the occurrences of slots, links and quantities in a page's Markdown, each once."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Occurrence:
    """A part of a page's Markdown.

    Attributes:
        start: Where it starts.
        end: Where it ends.
    """

    start: int
    end: int


class Occurrences:
    """Occurrences in the order of the page, looked up by label.

    A page may have thousands, so a label visits each of them at most once, however many callers take.
    """

    def __init__(self, taken: set[int] | None = None) -> None:
        """Create an empty collection.

        Args:
            taken: The starts of occurrences already handed out, if several collections share them.
        """
        self._taken = set() if taken is None else taken
        self._all: deque[Occurrence] = deque()
        self._labelled: defaultdict[Hashable, deque[Occurrence]] = defaultdict(deque)
        self._last: Occurrence | None = None

    def add(self, occurrence: Occurrence, labels: Iterable[Hashable]) -> None:
        """Append an occurrence, which must start after all existing ones.

        Args:
            occurrence: The occurrence.
            labels: The labels to find it by.
        """
        self._all.append(occurrence)
        for label in labels:
            self._labelled[label].append(occurrence)

    def take(self, *choices: Collection[Hashable]) -> Occurrence | None:
        """Return the next free occurrence, or `None`.

        Args:
            choices: Sets of labels, in order of preference. Returns the first occurrence with a label of the first set,
                or else of the second, and so on; if there is none, the first of all.
        """
        for labels in choices:
            queues = [self._labelled[label] for label in labels if label in self._labelled]
            heads = [queue[0] for queue in queues if self._drop_taken(queue)]
            if heads:
                return self._hand_out(min(heads, key=lambda each: each.start))
        return self._hand_out(self._all[0]) if self._drop_taken(self._all) else None

    def take_or_repeat(self, *choices: Collection[Hashable]) -> Occurrence | None:
        """Return the same as `take`, or the last occurrence again if none is free."""
        return self.take(*choices) or self._last

    def _drop_taken(self, queue: deque[Occurrence]) -> bool:
        """Drop taken occurrences from the head of a queue; return whether any remain."""
        while queue and queue[0].start in self._taken:
            queue.popleft()
        return bool(queue)

    def _hand_out(self, occurrence: Occurrence) -> Occurrence:
        self._taken.add(occurrence.start)
        self._last = occurrence
        return occurrence
