// @ts-check
/** The queue of live chats: asks for its lists again when something changed, and tells of who came to wait. */

const ASK_EVERY = 15000;
let waiting = count();
const title = document.title;

function count() {
  return Number(document.getElementById("listy")?.dataset.waiting || 0);
}

/** Lists come ready from the server; they are moved as nodes. */
async function refresh() {
  const answer = await fetch("/panel/rozmowy/stan").catch(() => null);
  if (answer?.status === 401) return location.reload();
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("listy");
  const old = document.getElementById("listy");
  // What has the focus is not taken away from under it; the next change brings the rest.
  if (!fresh || !old || (old.contains(document.activeElement) && same(old, fresh))) return;
  old.replaceWith(document.importNode(fresh, true));
  const now = count();
  document.title = now ? `(${now}) ${title}` : title;
  const place = document.getElementById("komunikat");
  if (place && now > waiting) place.textContent = `Ktoś czeka na konsultanta. W kolejce: ${now}.`;
  waiting = now;
}

/** @param {HTMLElement} one @param {HTMLElement} other */
const same = (one, other) => {
  const buttons = (/** @type {HTMLElement} */ node) => [...node.querySelectorAll("a[href], form[action]")].map((item) => item.getAttribute("href") || item.getAttribute("action")).join();
  return buttons(one) === buttons(other);
};

if ("EventSource" in window) {
  const stream = new EventSource("/panel/rozmowy/strumien");
  stream.addEventListener("change", refresh);
}
setInterval(refresh, ASK_EVERY);
