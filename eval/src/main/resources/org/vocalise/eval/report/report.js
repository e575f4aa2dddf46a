"use strict";
// Sorts tables by a column, and filters their rows. A missing value stays last either way.
(function () {
  function value(row, column) {
    const cell = row.cells[column];
    return cell.hasAttribute("data-v") ? Number(cell.getAttribute("data-v")) : null;
  }
  function text(row, column) {
    return row.cells[column].textContent;
  }
  function sort(table, heading, column) {
    const descending = heading.getAttribute("aria-sort") === "ascending";
    const sign = descending ? -1 : 1;
    const numbers = heading.classList.contains("number");
    const order = new Intl.Collator("en", { numeric: true });
    const rows = Array.from(table.tBodies[0].rows);
    rows.sort(function (a, b) {
      if (!numbers) {
        return sign * order.compare(text(a, column), text(b, column));
      }
      const x = value(a, column);
      const y = value(b, column);
      if (x === null || y === null) {
        return (x === null) - (y === null);
      }
      return sign * (x - y);
    });
    for (const row of rows) {
      table.tBodies[0].append(row);
    }
    for (const other of table.tHead.rows[0].cells) {
      other.removeAttribute("aria-sort");
    }
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
  }
  for (const table of document.querySelectorAll("table.sortable")) {
    Array.from(table.tHead.rows[0].cells).forEach(function (heading, column) {
      const button = heading.querySelector("button");
      if (button) {
        button.addEventListener("click", function () {
          sort(table, heading, column);
        });
      }
    });
  }
  for (const input of document.querySelectorAll("input[data-filter]")) {
    const table = document.getElementById(input.getAttribute("data-filter"));
    input.closest("[hidden]").hidden = false;
    input.addEventListener("input", function () {
      const wanted = input.value.toLowerCase();
      for (const row of table.tBodies[0].rows) {
        row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
      }
    });
  }
})();
