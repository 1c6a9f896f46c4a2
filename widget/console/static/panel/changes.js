// @ts-check
/** Learns what changed: by server-sent events, and where they cannot be had by asking. */

const ASK_EVERY = 15_000;

/**
 * Call `tell` with the reference of each ticket that changes, and with an empty one when anything may have changed.
 * @param {{ changes: string, latest: string }} addresses
 * @param {(reference: string) => void} tell
 */
export function listen({ changes, latest }, tell) {
  /** @type {EventSource | null} */
  let stream = null;
  let asking = 0;
  let seen = "";
  let begun = false;

  async function ask() {
    try {
      const answer = await fetch(latest, { headers: { Accept: "application/json" } });
      if (answer.status === 401) return stop();
      const found = await answer.json();
      const mark = JSON.stringify(found);
      if (mark !== seen && seen) found.forEach((/** @type {{reference: string}} */ item) => tell(item.reference));
      seen = mark;
    } catch {
      // The network is away; the next question may get through.
    }
  }

  function stop() {
    window.clearInterval(asking);
    stream?.close();
  }

  function open() {
    stream = new EventSource(changes);
    stream.addEventListener("start", () => {
      // Between two streams something may have been missed.
      if (begun) tell("");
      begun = true;
    });
    stream.addEventListener("change", (event) => tell(JSON.parse(event.data).reference));
    stream.addEventListener("error", () => {
      if (stream?.readyState !== EventSource.CLOSED || asking) return;
      ask();
      asking = window.setInterval(ask, ASK_EVERY);
    });
  }

  open();
  window.addEventListener("pagehide", stop);
}
