// @ts-check
/** Keyboard shortcuts of single keys, which people may switch off (WCAG 2.1.4). */

const SWITCH = "zielona-skroty";

/** Boxes take no letters. @param {EventTarget | null} target */
function isTyping(target) {
  if (target instanceof HTMLInputElement && /^(checkbox|radio)$/.test(target.type)) return false;
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function isOn() {
  try {
    return localStorage.getItem(SWITCH) !== "nie";
  } catch {
    return true;
  }
}

function keepSwitch() {
  const box = document.getElementById("skroty-wlaczone");
  if (!(box instanceof HTMLInputElement)) return;
  box.checked = isOn();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(SWITCH, box.checked ? "tak" : "nie");
    } catch {
      // The browser keeps nothing: the switch then holds for this page.
    }
  });
}

/**
 * Call a function when its key is pressed outside of fields and dialogs.
 * @param {Record<string, (event: KeyboardEvent) => void>} keys
 */
export function shortcuts(keys) {
  keepSwitch();
  const box = document.getElementById("skroty-wlaczone");
  document.addEventListener("keydown", (event) => {
    const off = box instanceof HTMLInputElement ? !box.checked : !isOn();
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    if (off || document.querySelector("dialog[open]")) return;
    const action = event.key === "?" ? showList : keys[event.key];
    if (!action) return;
    event.preventDefault();
    action(event);
  });
}

function showList() {
  const dialog = document.getElementById("skroty");
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
}
