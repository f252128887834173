/* Writes estimates as a language does. */

/**
 * Write the likely value of an estimate, to three significant digits unless it is exact. Adding 0 removes the sign of a
 * negative zero.
 * @param {AssessedEstimate} estimate
 * @param {string} language
 */
export function likely({ low, likely: value, high }, language) {
  return low === high ? rounded(value, language) : (value + 0).toLocaleString(language, { maximumSignificantDigits: 3 });
}

/**
 * Write a value that was computed from exact numbers.
 * @param {number} value
 * @param {string} language
 * @returns {string}
 */
function rounded(value, language) {
  const text = value.toLocaleString(language, { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 3 });
  return text === "-0" ? "0" : text;
}

/**
 * Write the range of an estimate, to two significant digits: its ends are less certain than the likely value.
 * @param {AssessedEstimate} estimate
 * @param {string} language
 * @param {Phrases} phrases
 */
export function spanned({ low, high }, language, phrases) {
  if (low === high) return rounded(low, language);
  const shown = (/** @type {number} */ end) => (end + 0).toLocaleString(language, { maximumSignificantDigits: 2 });
  const pattern = String(phrases[low < 0 ? "span-below-zero" : "span"]);
  return pattern.replace("{low}", shown(low)).replace("{high}", shown(high));
}
