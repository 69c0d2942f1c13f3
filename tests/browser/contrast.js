// Every visible text with its contrast ratio (WCAG 2.2) against what lies behind it, where that is below 4.5.
const luminance = (colour) => {
  const [r, g, b] = colour
    .match(/[\d.]+/g)
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (element) => {
  for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
    const colour = getComputedStyle(at).backgroundColor;
    if (!colour.endsWith(", 0)")) return colour;
  }
  return "rgb(255, 255, 255)";
};
const says = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
return [...document.querySelectorAll("h1, header p, header a"), ...root.querySelectorAll("*")]
  .filter((element) => element.checkVisibility() && says(element))
  .map((element) => {
    const pair = [getComputedStyle(element).color, behind(element)].map(luminance).sort((one, other) => other - one);
    return [element.tagName, element.className, (pair[0] + 0.05) / (pair[1] + 0.05)];
  })
  .filter(([, , ratio]) => !(ratio >= 4.5));
