// @ts-check
/** The page of embed codes: draws banners as PNG in the browser that asks for them. */

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
}

document.addEventListener("click", ({ target }) => {
  const button = target instanceof HTMLElement ? target.closest("button") : null;
  if (button?.dataset.png) drawPng(button.dataset.png, button.dataset.name || "baner.png");
});
