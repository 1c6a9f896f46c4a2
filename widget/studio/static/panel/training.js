// @ts-check
/** A training while it works: its progress and log come anew when something changed; its end brings a new page. */

const ASK_EVERY = 5000;

const card = () => document.getElementById("trening");
const atWork = () => ["czeka", "trwa"].includes(card()?.dataset.state || "");

/** Parts come ready from the server; they are moved as nodes. */
async function refresh() {
  if (!atWork()) return;
  const answer = await fetch("/panel/studio/trening/stan").catch(() => null);
  if (answer?.status === 401) return location.reload();
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [now, shown] = [fresh.getElementById("trening")?.dataset, card()?.dataset];
  // One training may follow another at once.
  if (now?.state !== shown?.state || now?.job !== shown?.job) return location.reload();
  const news = fresh.getElementById("postep");
  const old = document.getElementById("postep");
  if (!news || !old) return;
  const title = fresh.getElementById("trening-tytul")?.textContent || "";
  const heading = document.getElementById("trening-tytul");
  if (heading && heading.textContent !== title) heading.textContent = title;
  const step = news.querySelector("#postep-opis")?.textContent || "";
  const place = document.getElementById("komunikat");
  // Told once a step, not with every line of the log.
  if (place && step !== old.querySelector("#postep-opis")?.textContent) place.textContent = step;
  show(old, news);
}

/** Words, bar and list are replaced; the log keeps its focus, and its end stays in sight. @param {HTMLElement} old @param {HTMLElement} news */
function show(old, news) {
  for (const part of ["#postep-opis", "#postep-czas", "progress", ".steps"]) {
    const fresh = news.querySelector(part);
    if (fresh) old.querySelector(part)?.replaceWith(document.importNode(fresh, true));
  }
  const log = old.querySelector("pre");
  const text = news.querySelector("pre")?.textContent || "";
  if (!log || log.textContent === text) return;
  log.textContent = text;
  log.scrollTop = log.scrollHeight;
}

if (atWork()) {
  if ("EventSource" in window) {
    const stream = new EventSource("/panel/studio/trening/strumien");
    stream.addEventListener("start", refresh);
    stream.addEventListener("change", refresh);
  }
  setInterval(refresh, ASK_EVERY);
}
