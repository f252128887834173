"use strict";
/* <assessor-checklist> and <assessor-question> begin. */

function define() {
  for (const name of ["assessor-checklist", "assessor-question"]) {
    // Material's instant navigation runs the scripts of a page's content at each visit.
    inTurn(() => customElements.get(name) ?? customElements.define(name, class extends View {}));
  }
}

// A script within the page runs before what stands below it is there, and the elements look for their parts once.
if (document.readyState === "loading") addEventListener("DOMContentLoaded", define);
else define();
