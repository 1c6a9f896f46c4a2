// @ts-check
/** Behaviour that all pages of the panel share: dialogs, copying, the focus on what is wrong with a form. */

/** @param {Element} target */
function openDialog(target) {
  const dialog = document.getElementById(target.getAttribute("data-dialog") || "");
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
}

/** @param {Element} target */
async function copy(target) {
  const text = document.getElementById(target.getAttribute("data-copy") || "")?.innerText || "";
  try {
    await navigator.clipboard.writeText(text);
    say("Skopiowano.");
  } catch {
    say("Przeglądarka nie pozwala kopiować. Tekst można zaznaczyć i skopiować ręcznie.");
  }
}

/**
 * Tell something without a new page; screen readers read it out.
 * @param {string} text
 */
export function say(text) {
  const place = document.getElementById("komunikat");
  if (place) place.textContent = text;
}

/** The token that a request by script has to send as the header X-CSRF-Token. */
export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") || "";
}

document.addEventListener("click", ({ target }) => {
  const control = target instanceof Element ? target.closest("[data-dialog], [data-copy], [data-close]") : null;
  if (!control) return;
  if (control.hasAttribute("data-dialog")) openDialog(control);
  if (control.hasAttribute("data-copy")) copy(control);
  if (control.hasAttribute("data-close")) control.closest("dialog")?.close();
});

document.getElementById("bledy")?.focus();
// On a small screen the navigation scrolls sideways: the current entry should be in sight.
document.querySelector(".nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
