/* The entry of assessor.js, the script that sites load: the elements, and the part of the decision logic that they need. */

import { Reading } from "./core/assess.js";
import { accepts } from "./core/queries/interpreter.js";
import "./page/elements.js";

Reflect.set(globalThis, "assessor", {
  accepts,
  /** @type {AssessorCore["assess"]} */
  assess: (bundle, answers) => new Reading(bundle, new Map(Object.entries(answers)))._assessment(),
});
