/* 填报表: a block pasted from Excel or WPS spreads over the cells, arrows and Enter move between them. Without it the
   table is a plain form; what a number is, the server decides. */
const form = document.querySelector("[data-grid-form]");
const note = document.querySelector("[data-grid-note]");
const DASHES = /^[-—–―─/.]*$/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

const cells = () =>
  Array.from(form.querySelectorAll("tbody tr"), (row) => Array.from(row.querySelectorAll("[data-grid]"))).filter((row) => row.length);

function place(input) {
  const all = cells();
  const row = all.findIndex((one) => one.includes(input));
  return { all, row, column: all[row].indexOf(input) };
}

// quoted cells of a sheet may hold line breaks, "" is a quotation mark
function block(text) {
  const rows = [[""]];
  let quoted = false;
  const put = (letter) => { const last = rows[rows.length - 1]; last[last.length - 1] += letter; };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    const last = rows[rows.length - 1];
    if (quoted && letter === '"' && text[at + 1] === '"') { put('"'); at += 1; }
    else if (quoted && letter === '"') quoted = false;
    else if (quoted) put(letter);
    else if (letter === '"' && last[last.length - 1] === "") quoted = true;
    else if (letter === "\t") last.push("");
    else if (letter === "\n") rows.push([""]);
    else if (letter !== "\r") put(letter);
  }
  if (rows.length > 1 && rows[rows.length - 1].join("") === "") rows.pop();
  return rows;
}

function tidy(text, unit) {
  let plain = text.normalize("NFKC").replace(/[\s,，、']/g, "");
  const end = unit.normalize("NFKC");
  if (end && plain.endsWith(end)) plain = plain.slice(0, -end.length);
  return DASHES.test(plain) ? "" : plain;
}

function judge(input) {
  const wrong = input.value.trim() !== "" && !NUMBER.test(tidy(input.value, input.dataset.unit || ""));
  if (wrong) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  return wrong;
}

let before = []; // what stood in the cells of the last paste

function say(parts) {
  note.hidden = false;
  note.querySelector("[data-grid-words]").textContent = parts.join(" ");
}

function paste(input, rows) {
  const { all, row, column } = place(input);
  const wide = Math.max(...rows.map((one) => one.length));
  let filled = 0;
  let outside = 0;
  let wrong = 0;
  before = [];
  rows.forEach((line, down) => {
    for (let along = 0; along < wide; along += 1) {
      const target = (all[row + down] || [])[column + along];
      const text = line[along] || "";
      if (!target) { outside += text.trim() ? 1 : 0; continue; }
      before.push([target, target.value]);
      target.value = tidy(text, target.dataset.unit || "");
      filled += target.value ? 1 : 0;
      wrong += judge(target) ? 1 : 0;
    }
  });
  input.dispatchEvent(new Event("input", { bubbles: true }));
  const words = [note.dataset.pasted.replace("{n}", String(filled))];
  if (outside) words.push(note.dataset.outside.replace("{n}", String(outside)));
  if (wrong) words.push(note.dataset.wrong.replace("{n}", String(wrong)));
  say(words);
}

const MOVES = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  Enter: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function move(event) {
  const input = event.target;
  const by = MOVES[event.key];
  if (!by || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "ArrowLeft" && input.selectionEnd > 0) return;
  if (event.key === "ArrowRight" && input.selectionStart < input.value.length) return;
  const { all, row, column } = place(input);
  const up = event.key === "Enter" && event.shiftKey ? -1 : by[0];
  const next = (all[row + up] || [])[column + by[1]];
  event.preventDefault(); // Enter must not hand in half a table
  if (!next) return;
  next.focus();
  next.select();
}

if (form && note) {
  form.addEventListener("paste", (event) => {
    const input = event.target.closest("[data-grid]");
    const text = (event.clipboardData && event.clipboardData.getData("text/plain")) || "";
    if (!input || !/[\t\n]/.test(text.replace(/[\r\n]+$/, ""))) return;
    event.preventDefault();
    paste(input, block(text));
  });
  form.addEventListener("keydown", (event) => {
    if (event.target.closest("[data-grid]")) move(event);
  });
  form.addEventListener("change", (event) => {
    if (event.target.closest("[data-grid]")) judge(event.target);
  });
  note.querySelector("[data-grid-undo]").addEventListener("click", () => {
    before.forEach(([input, value]) => { input.value = value; judge(input); });
    note.hidden = true;
    if (before.length) before[0][0].focus();
    before = [];
  });
}
