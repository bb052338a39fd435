// Searches the changes of the site in the page itself; search-data.js has what is searched.
"use strict";
(() => {
  const MOST = 100; // hits that are shown
  const changes = window.fuhanChanges || [];
  const box = document.getElementById("search");
  const input = document.getElementById("words");
  const found = document.getElementById("found");
  const hits = document.getElementById("hits");

  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const texts = changes.map((each) =>
    fold([each.subject, each.line, each.names, each.title, each.text].join("\n")));

  // The words of a hit are marked only where folding moved no character.
  function append(element, text, words) {
    const folded = fold(text);
    const marks = [];
    if (folded.length === text.length) {
      for (const word of words) {
        for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
          marks.push([at, at + word.length]);
        }
      }
    }
    marks.sort((a, b) => a[0] - b[0]);
    let done = 0;
    for (const [from, to] of marks) {
      if (from < done) continue;
      element.append(text.slice(done, from));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, to);
      element.append(mark);
      done = to;
    }
    element.append(text.slice(done));
    return element;
  }

  // The line of the text that has most of the words.
  function excerpt(text, words) {
    let best = "";
    let most = 0;
    for (const line of text.split("\n")) {
      const count = words.filter((word) => fold(line).includes(word)).length;
      if (count > most) [best, most] = [line, count];
    }
    return best;
  }

  function hit(change, words) {
    const item = document.createElement("li");
    const heading = document.createElement("h2");
    heading.lang = "zh-Hans";
    const link = document.createElement("a");
    link.href = `changes/${change.id}.html`;
    heading.append(append(link, change.subject, words));
    item.append(heading);
    for (const line of [change.line, change.names, excerpt(change.text, words)]) {
      if (line) item.append(append(document.createElement("p"), line, words));
    }
    return item;
  }

  function search() {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    history.replaceState(null, "", words.length ? `#${encodeURIComponent(input.value)}` : "#");
    hits.replaceChildren();
    found.textContent = "";
    if (!words.length) return;
    const those = changes.filter((_, place) => words.every((word) => texts[place].includes(word)));
    const count = (phrase, number) => phrase.replace("#", String(number));
    const lines = [those.length ? count(box.dataset.found, those.length) : box.dataset.none];
    if (those.length > MOST) lines.push(count(box.dataset.more, MOST));
    found.textContent = lines.join(" · ");
    hits.append(...those.slice(0, MOST).map((each) => hit(each, words)));
  }

  box.hidden = false;
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 120);
  });
  try {
    input.value = decodeURIComponent(location.hash.slice(1));
  } catch {
    input.value = "";
  }
  search();
  input.focus();
})();
