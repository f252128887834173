/* Writes estimates as a language does. */

/** A range and its likely value. @typedef {Pick<AssessedEstimate, "low" | "likely" | "high">} Quantity */

/**
 * Write the likely value of an estimate, to three significant digits unless it is exact.
 * @param {Quantity} estimate
 * @param {string} language
 * @param {string} [below] How to write that it is less than an amount, where nobody has less than zero of it.
 * @param {number} [digits]
 * @returns {string}
 */
export function likely({ low, likely: value, high }, language, below, digits = 3) {
  if (below && value < 0) return below.replace("{high}", "0");
  return isRange(low, high) ? withoutError(value).toLocaleString(language, { maximumSignificantDigits: below ? 2 : digits }) : rounded(value, language);
}

/**
 * Write a value that was computed from exact numbers.
 * @param {number} value
 * @param {string} language
 * @returns {string}
 */
function rounded(value, language) {
  const meant = withoutError(value);
  const text = meant.toLocaleString(language, { maximumFractionDigits: Math.abs(meant) >= 100 ? 0 : 3 });
  return text === "-0" ? "0" : text;
}

/**
 * Write the range of an estimate, to two significant digits: its ends are less certain than the likely value.
 * @param {Omit<Quantity, "likely">} estimate
 * @param {string} language
 * @param {Phrases} phrases
 * @param {string} [below] How to write that it is less than an amount, where nobody has less than zero of it.
 */
export function spanned({ low, high }, language, phrases, below) {
  const isBelow = below && low < 0;
  if (isBelow && high <= 0) return below.replace("{high}", "0");
  if (!isRange(low, high)) return rounded(low, language);
  const shown = (/** @type {number} */ end) => withoutError(end).toLocaleString(language, { maximumSignificantDigits: 2 });
  return between(shown(low), shown(high), phrases, isBelow ? "at-most" : low < 0 ? "span-below-zero" : "span");
}

/** Write points, or the range that they are in. @param {PointsRange} points @param {string} language @param {Phrases} phrases */
export function exactly({ low, high }, language, phrases) {
  const [from, to] = [low, high].map((each) => each.toLocaleString(language, { maximumFractionDigits: 6 }));
  return low === high ? String(to) : between(String(from), String(to), phrases, low < 0 ? "span-below-zero" : "span");
}

/** @param {string} low @param {string} high @param {Phrases} phrases @param {string} pattern */
function between(low, high, phrases, pattern) {
  return String(phrases[pattern]).replace("{low}", low).replace("{high}", high);
}

/** Return whether the ends of an estimate differ by more than rounding errors. @param {number} low @param {number} high */
export function isRange(low, high) {
  return withoutError(low) !== withoutError(high);
}

/**
 * Return what a computed number stands for: for 0.29 * 750, which is a little less, 217.5. This also removes the sign of
 * a negative zero.
 * @param {number} value
 */
export function withoutError(value) {
  return Number(value.toPrecision(15));
}
