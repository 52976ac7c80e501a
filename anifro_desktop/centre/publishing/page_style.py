"""How the page looks, light, dark and printed, and the few lines that open the records behind a number."""

from __future__ import annotations

STYLE = """
:root{color-scheme:light dark;--ink:#1a1a1b;--soft:#55595f;--paper:#fff;--rule:#c9cdd2;--band:#f3f5f7;--link:#00518c}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a9afb7;--paper:#16181b;--rule:#43484f;--band:#202429;
--link:#8ec5ff}
figure [stroke="#0072b2"]{stroke:#5aaeea}figure [fill="#0072b2"]{fill:#5aaeea}
figure [stroke="#d55e00"]{stroke:#ff8f45}figure [fill="#d55e00"]{fill:#ff8f45}
figure [stroke="#009e73"]{stroke:#2fc998}figure [fill="#009e73"]{fill:#2fc998}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0 auto;max-width:76rem;padding:1.5rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.35rem;line-height:1.25;margin:3rem 0 1rem;padding-top:.75rem;border-top:2px solid var(--rule)}
a{color:var(--link)}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:2}
.study,.note{color:var(--soft)}
.note{font-size:.875rem;margin:.25rem 0;max-width:60rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.5rem;margin:1rem 0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
nav ol{padding-left:1.5rem;margin:.25rem 0}
.wide{overflow-x:auto;margin:1.5rem 0 .5rem}
table{border-collapse:collapse;font-size:.9375rem;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:0 0 .5rem}
th,td{padding:.3rem .7rem;text-align:right;vertical-align:top;border-bottom:1px solid var(--rule)}
th[scope=row]:first-child{min-width:14rem;position:sticky;left:0;background:var(--paper)}
th[scope=row],thead .head{text-align:left;font-weight:400;min-width:10rem}
td{white-space:nowrap}
thead th{border-bottom:2px solid var(--soft);font-weight:600;vertical-align:bottom;min-width:4.5rem}
thead .head{font-weight:600}
tbody tr:nth-child(even of :not(.behind)),
tbody tr:nth-child(even of :not(.behind)) th:first-child{background:var(--band)}
button{font:inherit;color:var(--link);background:none;border:0;padding:0 .15rem;margin:0 -.15rem;cursor:pointer;
text-decoration:underline;text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
.behind td:focus-visible{outline-offset:-3px}
.behind td{text-align:left;white-space:normal;background:var(--paper);border-left:3px solid var(--link)}
.behind ul{columns:18rem;margin:.25rem 0;padding:0;list-style:none;max-height:20rem;overflow:auto}
figure{margin:1.5rem 0;max-width:52rem}
figure svg{display:block;width:100%;height:auto}
figcaption{font-weight:600;padding-bottom:.5rem}
@media print{
@page{size:A4 landscape;margin:15mm}
html{font-size:9.5pt}
:root{--ink:#000;--soft:#333;--paper:#fff;--rule:#999;--band:#fff;--link:#000}
body{max-width:none;padding:0}
figure{max-width:175mm}
.skip,.behind,.how{display:none}
h2{break-before:page;border:0;margin-top:0}
h2,caption,figcaption{break-after:avoid}
thead{display:table-header-group}
tr,figure,.note{break-inside:avoid}
.wide{overflow:visible}
table{font-size:8pt;max-width:100%}
th,td{padding:.12rem .35rem}
thead th,th[scope=row],thead .head{min-width:0}
th[scope=row]:first-child{min-width:35mm;max-width:90mm;position:static}
td{white-space:normal}
button{text-decoration:none}
}
"""

# Records stand as data in the page: [[site, code], ...] and, by number of a button, [[place of a subject, key], ...].
SCRIPT = """
"use strict";
const data = JSON.parse(document.getElementById("records").textContent);
const closed = (button) => {
  const row = document.getElementById(button.getAttribute("aria-controls"));
  if (row) row.remove();
  button.removeAttribute("aria-controls");
  button.setAttribute("aria-expanded", "false");
};
const opened = (button) => {
  const own = button.closest("tr"), row = document.createElement("tr"), cell = document.createElement("td");
  const list = document.createElement("ul"), found = data.behind[button.dataset.n];
  row.className = "behind";
  row.id = "behind-" + button.dataset.n;
  cell.colSpan = own.cells.length;
  cell.tabIndex = -1;
  const head = document.createElement("strong");
  head.textContent = button.dataset.of + " - " + found.length + " " + data.words;
  for (const [place, key] of found) {
    const item = document.createElement("li"), [site, code] = data.subjects[place];
    item.textContent = [site, code, key].filter(Boolean).join(" / ");
    list.append(item);
  }
  cell.append(head, list);
  row.append(cell);
  let last = own;
  while (last.nextElementSibling && last.nextElementSibling.className === "behind") last = last.nextElementSibling;
  last.after(row);
  button.setAttribute("aria-controls", row.id);
  button.setAttribute("aria-expanded", "true");
  cell.focus({preventScroll: false});
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-n]");
  if (!button) return;
  (button.getAttribute("aria-expanded") === "true" ? closed : opened)(button);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const row = event.target.closest("tr.behind");
  const button = row ? document.querySelector(`button[aria-controls="${row.id}"]`)
    : event.target.closest('button[aria-expanded="true"]');
  if (!button) return;
  closed(button);
  button.focus();
});
"""
