"use strict";
/* Sets of small numbers as the bits of words, since bit operations see 32 bits. */

/** Put a number into a set. @param {number[]} words @param {number} number */
function put(words, number) {
  words[number >> 5] = sure(words[number >> 5]) | (1 << number);
}

/** Return the numbers in a set, rising. @param {number[]} words */
function listed(words) {
  /** @type {number[]} */
  const numbers = [];
  for (let position = 0; position < words.length; position++) {
    for (let word = sure(words[position]); word; word &= word - 1) {
      numbers.push(32 * position + 31 - Math.clz32(word & -word));
    }
  }
  return numbers;
}
