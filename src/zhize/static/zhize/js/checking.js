/* 核对页 by keyboard. The page works by mouse and without script; this presses the same buttons. */
const list = document.querySelector("[data-check-list]");
const help = document.getElementById("check-keys");
const live = document.getElementById("check-live");
let at = null; // id of the row the keys mean

const rows = () => Array.from(document.querySelectorAll("[data-row]"));
const row = () => document.getElementById(at) || rows()[0] || null;

function stand(one, focus = true) {
  rows().forEach((other) => other.classList.toggle("is-current", other === one));
  if (!one) return;
  at = one.id;
  if (!focus) return;
  one.focus({ preventScroll: true });
  one.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  const here = all.indexOf(row());
  const started = all.some((one) => one.classList.contains("is-current"));
  stand(all[Math.min(Math.max(started ? here + by : 0, 0), all.length - 1)]);
}

function press(key) {
  const one = row();
  const button = one && one.querySelector(`[data-key="${key}"]`);
  if (button) button.click();
  return Boolean(button);
}

let next = ""; // what to open in the form that is on its way: "split", "holders"
const KEYS = {
  j: () => step(1),
  ArrowDown: () => step(1),
  k: () => step(-1),
  ArrowUp: () => step(-1),
  a: () => press("a"),
  Enter: () => press("a"),
  e: () => press("e"),
  s: () => { next = "split"; press("e"); },
  u: () => { next = "holders"; press("e"); },
  m: () => press("m"),
  c: () => press("c"),
  x: () => press("x"),
  "/": () => document.getElementById("check-words").focus(),
  "?": () => help.showModal(),
};

if (list) {
  const button = document.querySelector("[data-keys]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
    const field = event.target.closest("input, textarea, select");
    if (event.key === "Escape" && event.target.closest("[data-editing]")) {
      if (press("Escape")) event.preventDefault();
      return;
    }
    if (field || (event.key === "Enter" && event.target.closest("a, button, summary"))) return;
    const act = KEYS[event.key];
    if (!act || (row() && row().hasAttribute("data-editing") && !["j", "k", "?", "/"].includes(event.key))) return;
    event.preventDefault();
    act();
  });

  list.addEventListener("focusin", (event) => {
    const one = event.target.closest("[data-row]");
    if (one && one.id !== at) stand(one, false);
  });

  // where to stand after a step: on the next open row once this one is settled, else where one was
  let asked = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    const one = event.target.closest("[data-row]");
    if (!one) return;
    const all = rows();
    asked = { id: one.id, state: one.dataset.state, following: all.slice(all.indexOf(one) + 1).map((other) => other.id) };
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!asked) return;
    const { id, state, following } = asked;
    asked = null;
    const now = document.getElementById(id);
    if (now && now.hasAttribute("data-editing")) {
      stand(now);
      const split = next === "split" && now.querySelector("[data-split]");
      if (split) split.open = true;
      const field = now.querySelector(next === "holders" ? 'input[name="new_name"]' : split ? "[data-split] button, [data-split] textarea" : 'textarea[name="text"]');
      if (field) field.focus();
      next = "";
      return;
    }
    const settled = now && state === "open" && now.dataset.state !== "open";
    const onward = settled && following.map((other) => document.getElementById(other)).find((other) => other && other.dataset.state === "open");
    stand(onward || now || rows()[0]);
  });
  const say = (words) => { live.classList.remove("sr-only"); live.className = "alert alert--warning"; live.textContent = words; };
  document.addEventListener("htmx:responseError", () => say(live.dataset.gone));
  document.addEventListener("htmx:sendError", () => say(live.dataset.failed));
}
