"""Remember what integers stand for, so that each distinct one takes one computation."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.integer[Any]]

WORD = 16
"""The bits of a word: a column of small integers in a key."""

# Keys below this are looked up in an array, which takes 4 bytes for each.
_MOST_DENSE = 1 << 22


class Memo:
    """Remembers a function of an integer, and applies it to arrays."""

    def __init__(self, compute: Callable[[int, int], int]) -> None:
        """Create an empty memory.

        Args:
            compute: The function, of a key that is not negative and of the first row that has it. Its values are not
                negative.
        """
        self._compute = compute
        self._dense: NDArray[np.int32] = np.full(64, -1, np.int32)
        # Larger keys, in ascending order, and their values.
        self._keys: NDArray[np.int64] = np.empty(0, np.int64)
        self._values: NDArray[np.int32] = np.empty(0, np.int32)

    def __call__(self, keys: Integers, bound: int) -> NDArray[np.int32]:
        """Return the value of each key.

        Args:
            keys: The keys.
            bound: A number above all of them.
        """
        if bound > _MOST_DENSE:
            unique, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
            return self._sparse(unique, first)[inverse]
        if len(self._dense) < bound:
            larger = np.full(min(2 * bound, _MOST_DENSE), -1, np.int32)
            larger[: len(self._dense)] = self._dense
            self._dense = larger
        values_now = self._dense.take(keys)
        if values_now.size and values_now.min() < 0:
            missing = np.flatnonzero(values_now < 0)
            unique, first = np.unique(keys[missing], return_index=True)
            for key, row in zip(unique.tolist(), missing[first].tolist(), strict=True):
                self._dense[key] = self._compute(key, row)
            values_now = self._dense.take(keys)
        return values_now

    def __len__(self) -> int:
        """Return the number of keys that are not in the array."""
        return len(self._keys)

    def _sparse(self, keys: Integers, rows: Integers) -> NDArray[np.int32]:
        """Return the values of distinct keys in ascending order."""
        places = np.searchsorted(self._keys, keys)
        is_new = np.ones(len(keys), np.bool_)
        inside = places < len(self._keys)
        is_new[inside] = self._keys[places[inside]] != keys[inside]
        if is_new.any():
            new = zip(keys[is_new].tolist(), rows[is_new].tolist(), strict=True)
            values = [self._compute(key, row) for key, row in new]
            self._values = np.insert(self._values, places[is_new], values)
            self._keys = np.insert(self._keys, places[is_new], keys[is_new])
            places = np.searchsorted(self._keys, keys)
        return self._values[places]


class WordsMemo:
    """Remembers a function of several words."""

    def __init__(self, compute: Callable[[tuple[int, ...]], int], width: int) -> None:
        """Create an empty memory.

        Args:
            compute: The function. Its values are not negative.
            width: The number of words, at least one.
        """
        self._compute = compute
        self._paths: list[list[tuple[int, ...]]] = [[] for _ in range(width)]
        self._memos = [Memo(functools.partial(self._add, level)) for level in range(width)]

    def __call__(self, words: Sequence[Integers]) -> NDArray[np.int32]:
        """Return the value of each row.

        Args:
            words: A column for each word.
        """
        numbers = self._memos[0](words[0], 1 << WORD)
        for level, word in enumerate(words[1:], 1):
            keys = (numbers.astype(np.int64) << WORD) | word
            numbers = self._memos[level](keys, len(self._paths[level - 1]) << WORD)
        return numbers

    def __len__(self) -> int:
        """Return the approximate number of remembered keys."""
        return sum(map(len, self._memos)) + sum(map(len, self._paths))

    def _add(self, level: int, key: int, row: int) -> int:
        path = (*self._paths[level - 1][key >> WORD], key & ((1 << WORD) - 1)) if level else (key,)
        if level == len(self._memos) - 1:
            return self._compute(path)
        self._paths[level].append(path)
        return len(self._paths[level]) - 1
