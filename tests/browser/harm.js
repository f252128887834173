"use strict";
// What a text that was made to do harm has brought about on a page; a list of sentences, empty where there is nothing.
(() => {
  const allowed = new Set(
    ("A ARTICLE ASIDE ASSESSOR-CHECKLIST BODY BR BUTTON CODE DD DETAILS DIV DL DT EM FIELDSET FORM H1 H2 H3 H4 HEAD HTML INPUT " +
      "LABEL LEGEND LI LINK MAIN META NOSCRIPT OL P SCRIPT SECTION SPAN STRONG SUMMARY TABLE TBODY TD TEMPLATE TEXTAREA " +
      "TH THEAD TIME TITLE TR UL WBR").split(" "),
  );
  const schemes = ["https:", "http:", "mailto:", location.protocol];
  const found = [];
  for (const each of document.querySelectorAll("*")) {
    // Only for what is found: to write out the whole page for each part of it takes most of the time.
    const html = () => each.outerHTML.slice(0, 120);
    const isOurs = each.matches(
      ".assessor-compass > svg.assessor-stream, .assessor-stream > path[data-band], .assessor-summary > svg[data-shares], [data-shares] > rect[data-band], .assessor-hero > svg.assessor-icon, .assessor-icon > path",
    );
    if (!isOurs && !allowed.has(each.tagName.toUpperCase())) found.push(`an element that was not expected: ${html()}`);
    for (const { name } of each.attributes) {
      if (/^on|^(style|srcdoc|srcset|action|formaction|background)$/i.test(name)) found.push(`an attribute: ${name}: ${html()}`);
    }
    if (each instanceof HTMLAnchorElement && each.href && !schemes.includes(each.protocol)) found.push(`a link: ${html()}`);
    if (each.matches("[src]:not(script[src^='assessor.'])")) found.push(`something is loaded: ${html()}`);
  }
  if (document.scripts.length > 1) found.push(`${document.scripts.length} scripts`);
  for (const prototype of [Object.prototype, Array.prototype, Map.prototype]) {
    const own = Object.keys(prototype);
    if (own.length) found.push(`a prototype has ${own}`);
  }
  return found;
})();
