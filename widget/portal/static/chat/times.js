// @ts-check

/**
 * A time of the hotline: Polish, wherever the browser is.
 * @param {string} iso @param {string} language
 */
export const hotlineTime = (iso, language) =>
  new Date(iso).toLocaleString(language, {
    weekday: "long", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Warsaw",
  });
