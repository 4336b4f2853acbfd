// The report's only script: the language, and the tables' order and filter.  All else works
// without it; nothing is loaded and nothing leaves the page.
"use strict";
const root = document.documentElement;
const SHORT = 50; // rows of the table of articles, as in style.css

// Language: Chinese first, English when asked for, kept in the address as ?lang=en.
const button = document.getElementById("language");
function speak(english) {
  root.classList.toggle("english", english);
  root.lang = english ? "en" : "zh-CN";
  button.textContent = english ? "中文" : "English";
  document.title = english ? "Statute citations, checked · fatiao" : "法条引用核查报告 · fatiao";
}
button.hidden = false;
button.addEventListener("click", () => speak(!root.classList.contains("english")));
speak(new URLSearchParams(location.search).get("lang") === "en");

// Order: a click on a column's head; again turns it round.
function value(row, column) {
  const cell = row.cells[column];
  const shown = cell.dataset.sort ?? cell.textContent.trim();
  const number = Number.parseFloat(shown.replaceAll(",", ""));
  return /^[\d.,]+( ?\/.*|%)?$/.test(shown) ? number : shown;
}
function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "zh-CN");
}
for (const table of document.querySelectorAll("table.sortable")) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const turn = document.createElement("button");
    turn.type = "button";
    turn.append(...head.childNodes);
    head.append(turn);
    turn.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => (down ? -1 : 1) * compare(value(a, column), value(b, column)));
      table.tBodies[0].append(...rows);
    });
  });
}

// A long table shows its first rows until asked for all.  Filter: all words must stand in the
// row, or among the row's own words.
const field = document.getElementById("filter");
const table = document.querySelector("table.papers");
const all = document.getElementById("all");
let isWhole = table === null || table.tBodies[0].rows.length <= SHORT;
function shorten(isFiltered) {
  table.classList.toggle("short", !isWhole && !isFiltered);
  all.hidden = isWhole || isFiltered;
}
function filter() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of document.querySelectorAll("table.papers tbody tr")) {
    const own = row.dataset.words.toLowerCase().split(" ");
    const text = row.textContent.toLowerCase();
    const fits = words.every((word) => own.includes(word) || text.includes(word));
    row.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  document.getElementById("shown").textContent = words.length ? String(shown) : "";
  shorten(words.length > 0);
}
if (field) {
  field.closest("p").hidden = false;
  field.addEventListener("input", filter);
  all.addEventListener("click", () => {
    isWhole = true;
    shorten(false);
  });
  shorten(false);
  root.classList.add("filters");
  for (const mark of document.querySelectorAll("[data-filter]")) {
    mark.addEventListener("click", () => {
      field.value = mark.dataset.filter;
      filter();
      location.hash = "articles";
    });
  }
}
