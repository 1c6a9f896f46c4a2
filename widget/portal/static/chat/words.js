// @ts-check
/** @type {Record<string, string>} the catalogue of the interface's language, by the Polish text; empty for Polish */
let catalogue = {};

/** @param {Record<string, string>} words */
export function useWords(words) {
  catalogue = words;
}

/** @param {Record<string, string>} words */
export function addWords(words) {
  catalogue = { ...catalogue, ...words };
}

/**
 * The text in the language of the interface; `{0}`, `{1}` are filled in.
 * @param {string} text @param {...(string|number)} values @returns {string}
 */
export function t(text, ...values) {
  return (catalogue[text] || text).replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)]));
}
