// What hostile text would have become, had anything parsed it.
const ADDRESSES = ["href", "src", "action", "formaction", "xlink:href", "data", "srcdoc", "style"];
const LOADING = ["SCRIPT", "IFRAME", "OBJECT", "EMBED", "IMG", "BASE", "META", "LINK", "STYLE"];
const all = [...document.querySelectorAll("body *"), ...root.querySelectorAll("*")];
return {
  loading: all.map((element) => element.tagName.toUpperCase()).filter((tag) => LOADING.includes(tag)),
  handlers: all.flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith("on")),
  addresses: [...root.querySelectorAll("*")]
    .flatMap((element) => ADDRESSES.map((name) => element.getAttribute(name)))
    .filter((address) => address !== null && !address.startsWith("https://")),
  ran: window.alerts,
};
