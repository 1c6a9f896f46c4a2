// @ts-check
/** The administrator's page: copies embed codes, and draws banners as PNG in the browser that asks for them. */
(() => {
  "use strict";
  const status = /** @type {HTMLElement} */ (document.getElementById("wynik"));

  /** @param {string} id */
  async function copy(id) {
    const code = document.getElementById(id)?.textContent || "";
    try {
      await navigator.clipboard.writeText(code);
      status.textContent = "Kod jest w schowku.";
    } catch {
      status.textContent = "Przeglądarka nie pozwala kopiować. Kod można zaznaczyć i skopiować ręcznie.";
    }
  }

  /** @param {string} address @param {string} name */
  async function drawPng(address, name) {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext("2d")?.drawImage(image, 0, 0);
    const link = document.createElement("a");
    link.href = canvas.toDataURL("image/png");
    link.download = name;
    link.click();
    status.textContent = `Zapisano ${name}.`;
  }

  document.addEventListener("click", ({ target }) => {
    const button = target instanceof HTMLElement ? target.closest("button") : null;
    if (button?.dataset.copy) copy(button.dataset.copy);
    if (button?.dataset.png) drawPng(button.dataset.png, button.dataset.name || "baner.png");
  });
})();
