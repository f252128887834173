"use strict";
// Barriers that axe-core does not look for, or cannot see; a list of sentences, empty where there is none.
(() => {
  /** @type {string[]} */
  const found = [];
  const all = (/** @type {string} */ selector, /** @type {ParentNode} */ root = document) =>
    [...root.querySelectorAll(selector)].filter((each) => each instanceof HTMLElement);
  const isSeen = (/** @type {HTMLElement} */ each) =>
    each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && each.getClientRects().length > 0;
  const text = (/** @type {Element | null | undefined} */ each) => (each?.textContent ?? "").trim();
  const name = (/** @type {HTMLElement} */ each) => {
    const ids = (each.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
    const labelled = ids.map((id) => text(document.getElementById(id))).join(" ");
    const labels = each instanceof HTMLInputElement ? [...(each.labels ?? [])].map(text).join(" ") : text(each);
    return (labelled || each.getAttribute("aria-label") || labels).trim();
  };
  const told = (/** @type {string} */ problem, /** @type {Element} */ each) =>
    found.push(`${problem}: ${each.outerHTML.slice(0, 100)}`);

  // Colours as they are drawn, whatever way they are written.
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  /** @returns {number[]} */
  const channels = (/** @type {string} */ colour) => {
    if (!canvas) return [0, 0, 0, 1];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (/** @type {number[]} */ top, /** @type {number[]} */ under) =>
    [0, 1, 2].map((each) => Number(top[each]) * Number(top[3]) + Number(under[each]) * (1 - Number(top[3])));
  /** @returns {number[]} */
  const ground = (/** @type {Element | null} */ each) => {
    if (!each) return [255, 255, 255];
    const colour = channels(getComputedStyle(each).backgroundColor);
    return colour[3] === 1 ? colour.slice(0, 3) : over(colour, ground(each.parentElement));
  };
  const luminance = (/** @type {number[]} */ rgb) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, position) => {
      const share = Number(rgb[position]) / 255;
      return sum + weight * (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
    }, 0);
  const contrast = (/** @type {string} */ colour, /** @type {Element} */ on) => {
    const under = ground(on);
    const [light = 0, dark = 0] = [luminance(over(channels(colour), under)), luminance(under)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  for (const each of all(".assessor *").filter(isSeen)) {
    const style = getComputedStyle(each);
    const hasText = [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && text(/** @type {any} */ (node)));
    if (hasText && contrast(style.color, each) < 4.5) told("text has too little contrast", each);
    const isEdge = each.matches("button, label.assessor-button, .assessor-number, .assessor-question");
    if (isEdge && parseFloat(style.borderTopWidth) > 0 && contrast(style.borderTopColor, each.parentElement ?? each) < 3) {
      told("an edge has too little contrast", each);
    }
    if (each.matches(".assessor-number, button:not(.assessor-primary)") && parseFloat(style.borderTopWidth) === 0) told("a control has no edge", each);
    if (each.matches("input[type=radio], input[type=checkbox]") && style.appearance === "none") told("a control is not drawn by the browser", each);
    if (Number(style.opacity) < 1) told("something is dimmed by opacity", each);
    if (each.matches(":is(input:not([type=file]), button, summary, .assessor-summary a)")) {
      const { width, height } = (each.closest("label") ?? each).getBoundingClientRect();
      if (Math.min(width, height) < 24) told("a target is smaller than 24 pixels", each);
      if (!name(each)) told("a control has no name", each);
    }
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      const moving = [style.animationDuration, style.transitionDuration].some((time) => parseFloat(time) > 0);
      if (moving && (style.animationName !== "none" || style.transitionProperty !== "none") && each.closest(".assessor")) {
        told("something moves although less motion was asked for", each);
      }
    }
  }
  for (const group of all(".assessor fieldset, .assessor-question > [role=group]")) {
    const named = document.getElementById(group.getAttribute("aria-labelledby") ?? "") ?? group.querySelector(":scope > legend");
    if (!named || !text(named)) told("a group has no name", group);
    if (group.hasAttribute("name")) told("a group has a name, which instant navigation unchecks", group);
  }
  for (const question of all(".assessor [data-question]")) {
    const canGet = question.matches("details") ? question.querySelector("summary") : question.tabIndex === -1 && question.hasAttribute("tabindex");
    if (!canGet || !question.id) told("a question cannot get the focus", question);
    if (question.matches("details[tabindex]")) told("what is in a question is left out by the Tab key", question);
    const state = question.querySelector(".assessor-state");
    const says = state && [...state.children].some((each) => each instanceof HTMLElement && !each.hidden && text(each));
    if (state && !says && question.matches("details")) told("a question says its state by a mark alone", question);
    const mark = question.querySelector(".assessor-mark");
    if (mark && ["none", "normal", '""'].includes(getComputedStyle(mark, "::before").content)) told("a question has no mark of its state", question);
  }
  for (const input of all(".assessor input")) {
    const errors = all("[data-error]", input.closest("[data-question]") ?? input).filter((each) => !each.hidden);
    for (const error of errors) {
      if (input instanceof HTMLInputElement && input.type !== "text") continue;
      if (!(input.getAttribute("aria-describedby") ?? "").split(" ").includes(error.id)) told("an error is not told with its field", input);
      if (input.getAttribute("aria-invalid") !== "true") told("a field that is wrong does not say so", input);
      if (!isSeen(error) || !text(error)) told("an error is not in words", error);
    }
    if (input.matches(":disabled")) told("a control is disabled", input);
  }
  for (const outcome of all(".assessor-chances > [data-chance]")) {
    if (!text(outcome.lastElementChild)) told("an outcome is ruled out without a word", outcome);
  }
  for (const each of all(".assessor-chances > [data-tone], .assessor-hero").filter(isSeen)) {
    if (contrast(getComputedStyle(each).getPropertyValue("--assessor-tone"), each) < 3) told("a tone has too little contrast", each);
  }
  for (const trial of all(".assessor-trial").filter(isSeen)) {
    const says = [...trial.querySelectorAll("p")].filter((each) => !each.querySelector("button")).map(text);
    if (says.length < 2 || !says.every(Boolean)) told("a trial is told by a frame alone", trial);
    if (!trial.matches("[tabindex]")) told("a trial cannot get the focus", trial);
  }
  for (const checklist of all("assessor-checklist")) {
    const live = all("[aria-live], [role=status], [role=alert], [role=log], output", checklist);
    const statuses = live.filter((each) => each.matches("[role=status]") && getComputedStyle(each).display !== "none");
    if (statuses.length !== 1) told("there is not one status", checklist);
    for (const each of live) if (!each.matches("[data-status]")) told("more than the status is live", each);
    const result = checklist.querySelector(".assessor-result");
    const form = checklist.querySelector("form");
    const follows = form && result && form.compareDocumentPosition(result) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (!follows) told("the result does not follow the questions", checklist);
    // What is hidden leads nowhere.
    for (const link of all("a[href^='#']:not([hidden])", checklist)) {
      const target = document.getElementById(decodeURIComponent(link.getAttribute("href")?.slice(1) ?? ""));
      if (link.matches("[data-next], [data-if^='open='] a, .assessor-summary > a") && !target?.matches("details, [tabindex]")) {
        told("a link leads to nothing that can get the focus", link);
      }
    }
    for (const each of all("[tabindex]", checklist)) if (each.tabIndex > 0) told("the order of the Tab key is changed", each);
  }
  for (const details of all(".assessor details")) if (!text(details.querySelector("summary"))) told("details have no summary", details);
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} pixels wide, on ${innerWidth}`);
  return found;
})();
