import { drawing, el, link, list, text } from "./dom.js";
import words from "./words.js";

/** What a figure says: its formatted text, else value and unit. */
const amount = (item) => text(item.text) || [text(item.value), text(item.unit)].filter(Boolean).join(" ");

const numeric = (cell) => /^[-−+~≈]?\s?[$€]?\d/.test(cell);

const figured = (blocks) => blocks.filter((block) => block.type === "figures").flatMap((block) => list(block.items));

/** A headline; where an amount of the answer's figures stands in it, that number is what the eye finds first. */
function headline(block, blocks) {
  const tag = block.level > 1 ? "h4" : "h3";
  const amounts = figured(blocks).map(amount).filter(Boolean).sort((one, other) => other.length - one.length);
  const literal = amounts.map((each) => each.replace(/\W/g, "\\$&")).join("|");
  const parts = literal ? text(block.text).split(new RegExp(`(?<![\\d.,])(${literal})`)) : [text(block.text)];
  return el(tag, { dir: "auto" }, parts.map((part, at) => (at % 2 ? el("b", null, part) : part)));
}

const paragraph = (name) => (block) => el("p", { class: name, dir: "auto" }, text(block.text));

function figures(block) {
  return el(
    "dl",
    { class: "figures" },
    list(block.items).map((item) =>
      el("div", null, el("dt", { dir: "auto" }, text(item.label)), el("dd", { dir: "auto" }, amount(item))),
    ),
  );
}

function steps(block) {
  const line = (item) =>
    el(
      "li",
      null,
      el("span", { class: "name", dir: "auto" }, text(item.label)),
      el("code", null, text(item.equation)),
      item.numbers && el("code", null, "= ", text(item.numbers)),
      el("b", null, "= ", amount(item)),
    );
  return el(
    "details",
    { open: true },
    el("summary", { dir: "auto" }, text(block.title)),
    el("ol", { class: "steps" }, list(block.items).map(line)),
  );
}

function table(block) {
  const rows = list(block.rows).map(list);
  const columns = list(block.columns);
  const align = columns.map((_, at) => at > 0 && rows.every((row) => numeric(text(row[at]))) && "number");
  const cell = (value, at, tag, scope) => el(tag, { scope, class: align[at], dir: "auto" }, text(value));
  const head = (value, at) => cell(value, at, text(value) ? "th" : "td", "col");
  const body = (value, at) => (at ? cell(value, at, "td") : cell(value, at, "th", "row"));
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": text(block.title) || words.table },
    el(
      "table",
      null,
      el("thead", null, el("tr", null, columns.map(head))),
      el("tbody", null, rows.map((row) => el("tr", null, row.map(body)))),
    ),
  );
}

function bullets(block) {
  return el("ul", null, list(block.items).map((item) => el("li", { dir: "auto" }, text(item.text ?? item))));
}

function sources(block) {
  const line = (item) =>
    el("li", null, link(item.title, item.url), item.retrieved && ` · ${words.retrieved} ${text(item.retrieved)}`);
  const title = el("p", { class: "name", dir: "auto" }, text(block.title));
  return el("section", { class: "sources" }, title, el("ul", null, list(block.items).map(line)));
}

const RENDERERS = new Map([
  ["headline", headline],
  ["figures", figures],
  ["steps", steps],
  ["table", table],
  ["list", bullets],
  ["caveat", paragraph("caveat")],
  ["sources", sources],
]);

/** Typed blocks as DOM; a type this version does not know shows its text, or nothing. */
export function render(blocks) {
  return blocks.map((block) => (RENDERERS.get(block.type) ?? paragraph("paragraph"))(block, blocks));
}

const THUMB = "M7 11v9H3v-9zM7 11l4-8c1.7 0 2.8 1.2 2.5 3L13 9h6a2 2 0 0 1 2 2.4l-1.3 7A2 2 0 0 1 17.7 20H7";

/** Thumbs up and down; `rate(helpful)` resolves once the server has it. */
export function thumbs(rate) {
  const thumb = (name, helpful) =>
    el("button", { type: "button", class: `thumb ${name}`, "aria-label": words[name], "aria-pressed": "false",
      click: async ({ currentTarget }) => {
        if (await rate(helpful)) for (const each of pair) each.ariaPressed = String(each === currentTarget);
      } }, drawing(THUMB));
  const pair = [thumb("helpful", true), thumb("unhelpful", false)];
  return el("div", { class: "thumbs" }, pair);
}
