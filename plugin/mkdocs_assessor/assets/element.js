"use strict";
/* <assessor-checklist> and <assessor-question> begin. */

function define() {
  // Material's instant navigation runs the scripts of a page's content at each visit.
  if (customElements.get("assessor-checklist")) return;
  customElements.define("assessor-question", Question);
  customElements.define("assessor-checklist", Checklist);
}

// A script within the page runs before what stands below it is there, and the elements look for their parts once.
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", define);
else define();
