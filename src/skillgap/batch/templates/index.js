"use strict";
// Sorts and filters the rows that are there; without it the page is a table in order of rank.
(() => {
  const body = document.querySelector("tbody");
  const rows = Array.from(body.rows);
  const form = document.querySelector("form");
  const shown = document.querySelector("output");
  const heads = Array.from(document.querySelectorAll("thead th[data-key]"));

  const value = (row, key) => (key === "name" ? row.cells[1].textContent : row.dataset[key] ?? "");

  const compare = (key, numeric, sign) => (one, other) => {
    const a = value(one, key), b = value(other, key);
    if (a === "" || b === "") return (a === "") - (b === ""); // what has none comes last
    const order = numeric ? Number(a) - Number(b) : a.localeCompare(b);
    return order ? sign * order : one.dataset.place - other.dataset.place;
  };

  const sortBy = (head) => {
    const numeric = head.dataset.numeric !== undefined;
    const first = head.dataset.first;
    const again = head.getAttribute("aria-sort");
    const next = again ? (again === "ascending" ? "descending" : "ascending") : first;
    heads.forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", next);
    rows.sort(compare(head.dataset.key, numeric, next === "ascending" ? 1 : -1));
    body.append(...rows);
  };

  const words = (text) => text.toLowerCase().split(/[\s,;]+/).filter(Boolean);

  // Rows hold the numbers of their skills in this list.
  const numbers = new Map(
    Array.from(document.querySelectorAll("datalist option"), (each, at) => [each.value, String(at)]));

  // "machine learning, sql": a skill of several words when there is one, else one a word.
  const skillsIn = (text) => text.split(/[,;]/).flatMap((part) => {
    const one = words(part).join("-");
    return (numbers.has(one) ? [one] : words(part)).map((skill) => numbers.get(skill) ?? "none");
  });

  const holds = (row, wanted, skills) => {
    const text = wanted.length ? row.textContent.toLowerCase() : "";
    const held = skills.length ? row.dataset.held.split(" ") : [];
    return wanted.every((word) => text.includes(word))
      && skills.every((skill) => held.includes(skill));
  };

  const filter = () => {
    const wanted = words(form.elements.words.value);
    const skills = skillsIn(form.elements.skills.value);
    const least = form.elements.least.value;
    const lean = form.elements.lean.value;
    const status = form.elements.status.value;
    const people = form.elements.people.checked;
    let count = 0;
    for (const row of rows) {
      const keep = holds(row, wanted, skills)
        && (least === "" || (row.dataset.best !== "" && Number(row.dataset.best) >= Number(least)))
        && (lean === "" || row.dataset.lean === lean)
        && (status === "" || row.dataset.status === status)
        && !(people && row.dataset.copy === "1");
      row.hidden = !keep;
      count += keep;
    }
    shown.textContent = `${count} of ${rows.length} shown`;
  };

  heads.forEach((head) => head.querySelector("button").addEventListener("click", () => sortBy(head)));
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  filter();
})();
