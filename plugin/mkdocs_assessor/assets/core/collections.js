/* Sets of small numbers, lists and records. A set is a list of words of 32 bits, the size that bit operations take. */

/**
 * @template {{id: string}} T
 * @template V
 * @param {T[]} items
 * @param {(item: T) => V} valueOf
 * @returns {Record<string, V>} The value of each item, by its id.
 */
export function record(items, valueOf) {
  /** @type {Record<string, V>} */
  const values = {};
  for (const item of items) values[item.id] = valueOf(item);
  return values;
}

/** Return the numbers from 0 up to, but without, a count. @param {number} count */
export function range(count) {
  const numbers = [];
  for (let number = 0; number < count; number++) numbers.push(number);
  return numbers;
}

/** Return numbers in rising order. @param {Iterable<number>} numbers */
export function rising(numbers) {
  return [...numbers].sort((a, b) => a - b);
}

/** Compare two lists of the same length, for sorting. @param {number[]} left @param {number[]} right */
export function compareLists(left, right) {
  const position = left.findIndex((value, index) => value !== right[index]);
  return position < 0 ? 0 : sure(left[position]) - sure(right[position]);
}

/** Add a number to a set. @param {number[]} words @param {number} number */
export function put(words, number) {
  words[number >> 5] = sure(words[number >> 5]) | (1 << number);
}

/** Return the numbers in a set in rising order. @param {number[]} words */
export function listed(words) {
  /** @type {number[]} */
  const numbers = [];
  for (let position = 0; position < words.length; position++) {
    for (let word = sure(words[position]); word; word &= word - 1) {
      numbers.push(32 * position + 31 - Math.clz32(word & -word));
    }
  }
  return numbers;
}

/**
 * Tell the type checker that a value is defined where it cannot know; the build removes these calls.
 * @template T
 * @param {T | undefined} value
 * @returns {T}
 */
export function sure(value) {
  return /** @type {T} */ (value);
}
