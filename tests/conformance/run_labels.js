/* Says what answers must change to as a page does. Reads [[phrases, questions, change], …] as JSON from standard input. */

import fs from "node:fs";

import { changeLabel } from "../../plugin/mkdocs_assessor/assets/page/statements/record.js";

/** @import { AnswerSheet } from "../../plugin/mkdocs_assessor/assets/page/answers/answer_sheet.js" */

/** @type {[Phrases, BundleQuestion[], Change][]} */
const given = JSON.parse(fs.readFileSync(0, "utf8"));
console.log(
  JSON.stringify(
    given.map(([phrases, questions, change]) => {
      const sheet = { _phrases: phrases, _questions: new Map(questions.map((question) => [question.id, question])) };
      return changeLabel(/** @type {AnswerSheet} */ (/** @type {unknown} */ (sheet)), change);
    }),
  ),
);
