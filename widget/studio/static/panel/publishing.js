// @ts-check
/** A publication while it is carried out: its step is asked for again and again, until it has ended. */

const ASK_EVERY = 2000;

const card = () => document.getElementById("publikacja");
let timer = 0;

/** The part comes ready from the server; it is moved as nodes. */
async function refresh() {
  const old = card();
  if (!old?.dataset.open) return window.clearInterval(timer);
  const answer = await fetch(old.dataset.address || "").catch(() => null);
  if (answer?.status === 401) return location.reload();
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("publikacja");
  if (!fresh || fresh.textContent === old.textContent) return;
  // The heading tells whether it has begun or ended, the step how far it is; buttons keep their focus until the end.
  const step = fresh.querySelector("#publikacja-krok")?.textContent || fresh.querySelector(".notice")?.textContent || "";
  const place = document.getElementById("komunikat");
  if (place) place.textContent = step.trim();
  const shown = old.querySelector("#publikacja-krok");
  const heading = old.querySelector("h2");
  if (fresh.dataset.open && shown && heading) {
    shown.textContent = step;
    heading.textContent = fresh.querySelector("h2")?.textContent || "";
  } else old.replaceWith(document.importNode(fresh, true));
}

if (card()?.dataset.open) timer = window.setInterval(refresh, ASK_EVERY);
