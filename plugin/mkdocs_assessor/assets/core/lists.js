"use strict";
/* What the other files of the decision logic do with lists and records. */

/**
 * @template {{id: string}} T
 * @template V
 * @param {T[]} items
 * @param {(item: T) => V} valueOf
 * @returns {Record<string, V>} The value of each item, by its id.
 */
function record(items, valueOf) {
  /** @type {Record<string, V>} */
  const values = {};
  for (const item of items) values[item.id] = valueOf(item);
  return values;
}

/** @param {number} count */
function range(count) {
  const numbers = [];
  for (let number = 0; number < count; number++) numbers.push(number);
  return numbers;
}

/** @param {Iterable<number>} numbers */
function rising(numbers) {
  return [...numbers].sort((a, b) => a - b);
}

/** @param {number[]} left @param {number[]} right Of the same length. */
function compareLists(left, right) {
  const position = left.findIndex((value, index) => value !== right[index]);
  return position < 0 ? 0 : sure(left[position]) - sure(right[position]);
}

/**
 * Say that a value is there, where only the type checker cannot know it; the build takes these calls out.
 * @template T
 * @param {T | undefined} value
 * @returns {T}
 */
function sure(value) {
  return /** @type {T} */ (value);
}
