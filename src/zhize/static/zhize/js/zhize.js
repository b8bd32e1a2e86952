/* Small comforts over pages that work without them. No dependency, no inline handler, no innerHTML.
   Everything is delegated from the document, so fragments brought in by htmx need no start-up. */
(function () {
  "use strict";

  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  let leaving = false; // a form is being sent: no warning then

  // --- forms: question before sending, one click sends once, filters send themselves, unsaved changes are kept ---
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = (event.submitter && event.submitter.dataset.confirm) || form.dataset.confirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      return;
    }
    if (form.method !== "post" || event.defaultPrevented) return;
    leaving = true;
    const pressed = event.submitter;
    if (pressed) {
      // after the browser has read the button's own name and value
      window.setTimeout(() => {
        pressed.setAttribute("aria-busy", "true");
        pressed.disabled = true;
      }, 0);
    }
  });

  // back button: the page comes from memory, its buttons must work again
  window.addEventListener("pageshow", () => {
    leaving = false;
    all('button[aria-busy="true"]:not([data-busy])').forEach((button) => {
      button.removeAttribute("aria-busy");
      button.disabled = false;
    });
  });

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.dataset.guard) form.dataset.changed = "1";
    const table = event.target.closest("[data-totals]");
    if (table) totals(table);
  });

  // --- a table of points: what stands under a criterion is added up while one types ----------------------------------
  function totals(table) {
    const figure = (row) => Number(row.querySelector("input")?.value || "0") || 0;
    const rows = all("tr[data-code]", table);
    rows.forEach((row) => {
      const shown = row.querySelector("[data-sum]");
      if (!shown || !shown.textContent) return;
      const parts = rows.filter((one) => one.dataset.parent === row.dataset.code && !("extra" in one.dataset));
      const sum = Math.round(parts.reduce((so_far, one) => so_far + figure(one), 0) * 100) / 100;
      shown.textContent = String(sum);
      shown.classList.toggle("draft-differs", sum !== figure(row));
    });
  }

  window.addEventListener("beforeunload", (event) => {
    if (leaving || !document.querySelector("form[data-guard][data-changed]")) return;
    event.preventDefault();
    event.returnValue = ""; // kernels before 119 ask only so; the words are the browser's own
  });

  document.addEventListener("change", (event) => {
    const target = event.target;
    if (target.dataset.selectAll) {
      all(`input[type="checkbox"][name="${target.dataset.selectAll}"]`).forEach((box) => {
        box.checked = target.checked;
        mark(box);
      });
      count();
      return;
    }
    if (target.matches('.col-check input[type="checkbox"]')) {
      mark(target);
      count();
      return;
    }
    const form = target.form;
    if (form && form.hasAttribute("data-autosubmit") && target.matches("select, input[data-date], input[type=checkbox], input[type=radio]")) {
      form.requestSubmit();
    }
  });

  // --- bulk selection ---------------------------------------------------------------------------------------------
  function mark(box) {
    const row = box.closest("tr");
    if (row) row.classList.toggle("is-selected", box.checked);
  }

  function count() {
    const chosen = all('.col-check input[name]:checked').length;
    all("[data-bulk-count]").forEach((place) => {
      place.textContent = place.dataset.bulkCount.replace("{n}", String(chosen));
    });
    all("[data-bulk]").forEach((bar) => bar.classList.toggle("is-idle", chosen === 0));
    all("[data-select-all]").forEach((box) => {
      const rows = all(`input[name="${box.dataset.selectAll}"]`);
      const ticked = rows.filter((row) => row.checked).length;
      box.checked = rows.length > 0 && ticked === rows.length;
      box.indeterminate = ticked > 0 && ticked < rows.length;
    });
  }

  // --- clicks: copy, theme, whole row as a link, menus close ---------------------------------------------------------
  document.addEventListener("click", (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const source = document.querySelector(copy.dataset.copy);
      if (source) copyText("value" in source ? source.value : source.textContent.trim(), copy);
      return;
    }
    if (event.target.closest("[data-theme-toggle]")) {
      const root = document.documentElement;
      const now = root.dataset.theme || (window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
      root.dataset.theme = now === "dark" ? "light" : "dark";
      document.cookie = `zhize_theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
      return;
    }
    all("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    const row = event.target.closest("tr[data-href]");
    if (row && !event.target.closest("a, button, input, label, select, summary") && !String(window.getSelection())) {
      const link = row.querySelector("a.row-link");
      if (link) link.click();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all("details[data-menu][open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // --- dates: typed as the product writes them, or picked from the browser's calendar (kernels from 99 on) ----------
  const SVG = "http://www.w3.org/2000/svg";

  function calendar(input) {
    if (input.closest(".date-field") || input.readOnly || input.disabled || !("showPicker" in HTMLInputElement.prototype)) return;
    const focused = document.activeElement === input;
    const box = document.createElement("span");
    box.className = "date-field";
    const native = document.createElement("input");
    native.type = "date";
    native.className = "date-native";
    native.tabIndex = -1;
    native.setAttribute("aria-hidden", "true");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "date-pick";
    button.title = input.dataset.date;
    button.setAttribute("aria-label", input.dataset.date);
    const picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("viewBox", "0 0 24 24");
    picture.setAttribute("class", "icon");
    picture.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", "M8 2v4M16 2v4M3 10h18M5 4h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z");
    picture.append(path);
    button.append(picture);
    input.replaceWith(box);
    box.append(input, native, button);
    if (focused) input.focus();
    button.addEventListener("click", () => {
      const parts = input.value.match(/^(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?$/); // 2012-03-05, 2012年3月5日, 20120305
      native.value = parts ? `${parts[1]}-${parts[2].padStart(2, "0")}-${parts[3].padStart(2, "0")}` : "";
      native.showPicker();
    });
    native.addEventListener("change", (event) => {
      event.stopPropagation();
      input.value = native.value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
      input.focus();
    });
  }

  function copyText(text, button) {
    const done = () => {
      const words = button.querySelector("span") || button;
      const before = words.textContent;
      words.textContent = button.dataset.copied;
      window.setTimeout(() => { words.textContent = before; }, 2000);
    };
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(done, () => {});
      return;
    }
    // plain http inside an intranet has no clipboard API
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "sr-only";
    document.body.append(area);
    area.select();
    if (document.execCommand("copy")) done();
    area.remove();
  }

  // --- start: show what only works with script; bring the errors to the reader ----------------------------------------
  function ready(root) {
    all("input[data-date]", root).forEach(calendar);
    all("[data-copy][hidden], [data-theme-toggle][hidden], [data-select-all][hidden]", root).forEach((node) => { node.hidden = false; });
    count();
    if (window.matchMedia("(max-width: 799px)").matches) {
      all('details[data-fold]:not([data-fold="keep"])', root).forEach((fold) => { fold.open = false; });
    }
    const errors = root.querySelector("[data-focus]");
    if (errors) errors.focus();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => ready(document));
  else ready(document);
  document.addEventListener("htmx:load", (event) => ready(event.detail.elt.parentElement || document)); // what htmx brought in
})();
