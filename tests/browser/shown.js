"use strict";
// What the result says to a reader: parts that are hidden do not count, whatever they hold.
(() => {
  const checklist = /** @type {HTMLElement} */ (document.querySelector("assessor-checklist"));
  const result = /** @type {HTMLElement} */ (checklist.querySelector(".assessor-result"));

  /**
   * @param {string} selector
   * @param {string} [name] The data attribute to tell; the text, if there is none.
   * @param {Element} [root]
   */
  const seen = (selector, name, root = result) =>
    [...root.querySelectorAll(selector)].flatMap((found) => {
      if (!(found instanceof HTMLElement) || !found.checkVisibility() || !found.innerText.trim()) return [];
      return [name ? String(found.dataset[name]) : found.innerText.trim()];
    });
  const closed = [...result.querySelectorAll("details:not([hidden], [open])")].filter(
    (each) => each instanceof HTMLDetailsElement,
  );
  for (const details of closed) details.open = true;
  const rows = seen("[data-estimate]", "estimate").map((id) => {
    const row = /** @type {HTMLElement} */ (result.querySelector(`[data-estimate="${id}"]`));
    return [id, [...seen("[data-likely]", "", row), ...seen("[data-range]", "", row)]];
  });
  const shown = {
    outcome: seen("[data-when=settled] > [data-outcome] > .assessor-verdict > strong"),
    possible: seen("[data-possible]"),
    gap: seen("[data-gap]").length > 0,
    rules: seen("[data-rule]", "rule"),
    apply: seen("[data-actions=apply] [data-action]", "action").sort(),
    open_actions: seen("[data-actions=open] [data-action]", "action").sort(),
    open: seen("[data-open]", "open"),
    unasked: seen("[data-question][data-unasked]", "question", checklist),
    answered: seen(".assessor-progress").join().split(" ")[0],
    estimates: Object.fromEntries(rows),
  };
  for (const details of closed) details.open = false;
  return shown;
})();
