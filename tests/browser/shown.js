"use strict";
// What the result says to a reader: parts that are hidden do not count, whatever they hold.
(() => {
  const checklist = /** @type {HTMLElement} */ (document.querySelector("assessor-checklist"));
  const result = /** @type {HTMLElement} */ (checklist.querySelector(".assessor-result"));

  /**
   * @param {string} selector
   * @param {string} [name] The attribute to tell, behind the "=" in it, if there is one, up to a blank; else the text.
   * @param {Element} [root]
   */
  const seen = (selector, name, root = result) =>
    [...root.querySelectorAll(selector)].flatMap((found) => {
      if (!(found instanceof HTMLElement) || !found.checkVisibility() || !found.innerText.trim()) return [];
      return [name ? String(found.getAttribute(name)).replace(/^[^=]*=| .*$/g, "") : found.innerText.trim()];
    });
  const closed = [...result.querySelectorAll("details:not([hidden], [open])")].filter(
    (each) => each instanceof HTMLDetailsElement,
  );
  for (const details of closed) details.open = true;
  const rows = seen("[data-estimate]", "data-estimate").map((id) => {
    const row = /** @type {HTMLElement} */ (result.querySelector(`[data-estimate="${id}"]`));
    return [id, seen("[data-fill]", "", row)];
  });
  const shown = {
    outcome: seen(".assessor-hero .assessor-verdict > strong"),
    possible: seen(".assessor-chances li:not([data-out]) > span:first-child", "", checklist),
    gap: seen("[data-if=gap]", "", checklist).length > 0,
    rules: seen("[data-if^='rule=']", "data-if"),
    apply: seen("[data-if^='apply=']", "data-if").sort(),
    open_actions: seen("[data-if^='may-apply='], [data-if^='may-follow=']", "data-if").sort(),
    open: seen("[data-if^='open=']", "data-if"),
    unasked: [...checklist.querySelectorAll("[data-unasked]")].map((each) => String(each.getAttribute("data-question"))),
    deciding: seen("[data-if^='reason='], [data-if*=':reason=']", "data-if"),
    changes: [...result.querySelectorAll("[data-changes] > li")].flatMap((change) => {
      const [to] = seen("[data-fill=changes]", "", change);
      return to ? [`${seen("[data-fill=outcome]", "", change)}: ${to}`] : [];
    }),
    answered: seen(".assessor-progress", "", checklist).join().split(" ").slice(0, 3).join(" "),
    estimates: Object.fromEntries(rows),
  };
  for (const details of closed) details.open = false;
  return shown;
})();
