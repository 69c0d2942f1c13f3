/** One element; strings among the children become text nodes, never markup; false, null and 0 become nothing. */
export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value != null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter(Boolean));
  return element;
}

/** What a payload says as text; objects, lists and null say nothing. */
export function text(value) {
  return ["string", "number"].includes(typeof value) ? String(value) : "";
}

/** The entries of a payload's list that are objects or texts; anything that is no list is an empty one. */
export function list(value) {
  return Array.isArray(value) ? value.filter((entry) => entry != null) : [];
}

/** A link that can only lead to an https address, else the label as plain text. */
export function link(label, address) {
  const url = URL.canParse(text(address)) ? new URL(address) : null;
  if (url?.protocol !== "https:") return el("span", { dir: "auto" }, text(label));
  return el(
    "a",
    { href: url.href, target: "_blank", rel: "noopener noreferrer", dir: "auto" },
    text(label) || url.host,
  );
}

const SVG = "http://www.w3.org/2000/svg";

/** A line drawing of 24 by 24 units, coloured like the text around it; it has no name of its own. */
export function drawing(path) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  picture.append(line);
  return picture;
}
