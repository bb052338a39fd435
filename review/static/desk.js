// Answers keys on the page for decisions, and sends its forms without leaving it.
"use strict";

const NOTE = "n";
let waiting = []; // keys pressed before the answer to the last one has come
let isBusy = false;

document.documentElement.classList.add("keyed");

function press(key) {
  const pressed = document.querySelector(`main [data-key="${CSS.escape(key)}"]`);
  if (!pressed) return;
  if (pressed.matches("textarea")) pressed.focus();
  else if (pressed.matches("details")) pressed.open = !pressed.open;
  else pressed.click();
}

async function show(url, options) {
  isBusy = true;
  try {
    const answer = await fetch(url, { ...options, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = page.querySelector("main");
    if (!main) throw new TypeError("no page of ours");
    if (answer.ok) history.replaceState(null, "", answer.url);
    else waiting = [];
    document.title = page.title;
    document.querySelector("main").replaceWith(main);
    window.scrollTo(0, 0);
    const heading = main.querySelector("article h2") || main.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  } catch {
    waiting = [];
    document.getElementById("unsent").hidden = false;
  }
  isBusy = false;
  if (waiting.length) press(waiting.shift());
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.repeat || !/^[jkadfnu?]$/.test(event.key)) return;
  event.preventDefault();
  // What is typed after the key for a note is its text, not further keys.
  if (!isBusy) press(event.key);
  else if (!waiting.includes(NOTE)) waiting.push(event.key);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-desk]")) return;
  event.preventDefault();
  if (isBusy) return;
  const body = new URLSearchParams(new FormData(event.target, event.submitter));
  show(event.target.action, { method: "POST", body });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-key]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!isBusy) show(link.href, {});
});
