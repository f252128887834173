/* Finds the answers that force a result, like assessor/assessment/queries/reasons.py. */

import { range } from "../collections.js";
import { reaches } from "./interpreter.js";

/** @import { Interpreter } from "./interpreter.js" */

/**
 * Return answered questions that force a function to a value; none of them can be left out. Questions are dropped
 * from the last to the first, so the reason names the first ones.
 * @param {Interpreter} interpreter
 * @param {number} root
 * @param {number} leaf
 * @param {Cells} cells
 * @param {Interpreter} [offering] That of the bundle, which knows the offers, if the function has other nodes: a passage's.
 * @returns {number[]}
 */
export function sufficientReason(interpreter, root, leaf, cells, offering = interpreter) {
  const kept = cells.slice();
  const forced = [needed(interpreter, root, leaf)];
  for (let question = kept.length - 1; question >= 0; question--) {
    const cell = kept[question] ?? null;
    kept[question] = null;
    if (cell !== null && forced.some((each) => each.questions.includes(question) && reaches(each.interpreter, each.root, kept, (value) => value !== each.leaf))) {
      kept[question] = cell;
      const offered = offering._offered.get(question)?.get(cell);
      // The answer is one only as long as those before it offer its option.
      if (offered !== undefined) forced.push(needed(offering, offered, 1));
    }
  }
  return range(kept.length).filter((question) => kept[question] !== null);
}

/** @param {Interpreter} interpreter @param {number} root @param {number} leaf */
function needed(interpreter, root, leaf) {
  return { interpreter, root, leaf, questions: interpreter._about(root, interpreter._marks).questions };
}
