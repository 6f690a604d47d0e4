// The words that the server translated for this page, with the reader's language and zone.

const page = document.documentElement

export const say = {
  times: {},
  ...JSON.parse(document.getElementById("words")?.textContent ?? "{}"),
  language: page.lang || "en",
  zone: page.dataset.zone || "UTC",
}
