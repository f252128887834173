"use strict";
/* What the script of a page offers. */

Reflect.set(globalThis, "assessor", {
  accepts,
  /** @type {AssessorCore["assess"]} */
  assess: (bundle, answers) => new Reading(bundle, new Map(Object.entries(answers))).assessment(),
});
