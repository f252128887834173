"use strict";
/* Sets of questions as bits of words: a question stands in word question / 32, since bit operations see 32 bits. */

/**
 * @param {number} variable
 * @param {number[]} children
 * @param {number[][]} supports What the nodes so far depend on.
 * @param {number} count How many questions there are.
 * @returns {number[]} What a test of that question with those children depends on.
 */
function supportOf(variable, children, supports, count) {
  const words = bitsOf([variable], count);
  for (const child of children) {
    if (child >= 0) sure(supports[child]).forEach((word, position) => (words[position] |= word));
  }
  return words;
}

/** Return questions as bits. @param {number[]} questions @param {number} count How many questions there are. */
function bitsOf(questions, count) {
  const words = Array(Math.ceil(count / 32)).fill(0);
  for (const question of questions) words[question >> 5] |= 1 << question;
  return words;
}

/** Return the questions in the bits of words, rising. @param {number[]} words */
function listed(words) {
  const questions = [];
  for (let position = 0; position < words.length; position++) {
    for (let word = sure(words[position]); word; word &= word - 1) {
      questions.push(32 * position + 31 - Math.clz32(word & -word));
    }
  }
  return questions;
}
