import { render, thumbs } from "./blocks.js";
import { ask, rate, Refused } from "./conversation.js";
import { drawing, el, list, text } from "./dom.js";
import sheet from "./style.js";
import words from "./words.js";

const API = new URL("../v1/", import.meta.url);
const CROSS = "M6 6l12 12M18 6L6 18";

/**
 * <liquidation-chat disclaimer="…" [launcher] [api="/v1/"]>: the chat, inline, or behind a button with `launcher`.
 *
 * List items inside it are offered as example questions. `context` may be set to what the host page knows (API.md).
 * Nothing is stored and nothing is asked of the server before the reader acts; the conversation lives in memory.
 * Looks: a host page may set `color-scheme` and the custom properties at the top of style.js on the element.
 */
class LiquidationChat extends HTMLElement {
  context = null;
  #conversation = null;
  #busy = false;
  #log = el("div", { class: "log", tabindex: "0", role: "region", "aria-label": words.transcript });
  #input = el("textarea", {
    id: "question", rows: "1", placeholder: words.placeholder, "aria-describedby": "disclaimer",
    enterkeyhint: "send", autocomplete: "off", dir: "auto", keydown: (event) => this.#key(event),
  });
  #send = el("button", { class: "send" }, words.send);
  #restart = el("button", { type: "button", class: "quiet", hidden: true, click: () => this.restart() }, words.restart);
  #status = el("p", { class: "unseen", role: "status" });
  #offline = el("p", { class: "offline", hidden: true }, words.offline);
  #disclaimer = el("p", { id: "disclaimer", class: "disclaimer", dir: "auto" });
  #launcher = el("button", { type: "button", class: "launcher", "aria-expanded": "false", "aria-controls": "panel",
    click: () => this.open() }, words.open);
  #panel = el("section", { id: "panel", class: "panel", "aria-label": words.title });

  connectedCallback() {
    window.addEventListener("online", this.#connection);
    window.addEventListener("offline", this.#connection);
    this.#connection();
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    this.#disclaimer.textContent = this.getAttribute("disclaimer") || words.disclaimer;
    const title = el("h2", { class: !this.#launched && "unseen" }, words.title);
    const head = el("header", null, title, el("button",
      { type: "button", class: "icon", "aria-label": words.close, click: () => this.close() }, drawing(CROSS)));
    const form = el("form", { submit: (event) => this.#submit(event) },
      el("label", { class: "unseen", for: "question" }, words.label), this.#input, this.#send);
    this.#panel.append(this.#launched ? head : title, this.#log, this.#offline, form,
      el("footer", null, this.#restart, this.#disclaimer), this.#status);
    if (this.#launched) {
      this.#panel.setAttribute("role", "dialog");
      this.#panel.hidden = true;
      this.#panel.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    }
    this.shadowRoot.append(el("div", { class: "base" }, this.#launched && this.#launcher, this.#panel));
    this.#welcome();
  }

  disconnectedCallback() {
    window.removeEventListener("online", this.#connection);
    window.removeEventListener("offline", this.#connection);
  }

  /** Shows the panel of a launcher and puts the cursor into the question. */
  open() {
    this.#show(true);
    this.#input.focus();
  }

  /** Hides the panel of a launcher and gives the focus back to its button. */
  close() {
    if (!this.#launched) return;
    this.#show(false);
    this.#launcher.focus();
  }

  /** Forgets the conversation and starts a new one; an answer still on its way is waited for. */
  restart() {
    if (this.#busy) return;
    this.#conversation = null;
    this.#restart.hidden = true;
    this.#welcome();
    this.#input.focus();
  }

  /** Asks a question as if the reader had typed it; resolves once the answer, or why there is none, is shown. */
  async send(question) {
    const message = question.trim();
    if (!message || this.#busy) return;
    this.#log.querySelectorAll(".next").forEach((old) => old.remove());
    const asked = el("article", { class: "asked", tabindex: "-1", "aria-label": words.you },
      el("p", { dir: "auto" }, message));
    const turn = el("section", { class: "turn" }, asked);
    this.#log.append(turn);
    if (this.shadowRoot.activeElement !== this.#input) asked.focus({ preventScroll: true });
    await this.#answer(turn, message);
  }

  async #answer(turn, message) {
    this.#wait(true);
    const disclaimer = el("p", { class: "disclaimer", dir: "auto" }, this.#disclaimer.textContent);
    const pending = el("p", { class: "pending", "aria-hidden": "true" }, words.working);
    const answer = el("article", { class: "answer", "aria-label": words.answer }, pending, disclaimer);
    turn.append(answer);
    this.#reveal(turn);
    const arrived = [];
    const body = { message };
    if (this.#conversation) body.conversation_id = this.#conversation;
    if (this.context) body.context = this.context;
    try {
      const payload = await ask(this.#url("chat"), body, (block) => {
        arrived.push(block);
        answer.replaceChildren(...render(arrived), pending, disclaimer);
      });
      this.#conversation = text(payload.conversation_id) || this.#conversation;
      this.#finish(turn, answer, disclaimer, payload);
    } catch (error) {
      const refused = error instanceof Refused;
      if (!refused) reportError(error);
      this.#refuse(turn, answer, disclaimer, message, refused ? error : new Refused("failed"));
    } finally {
      this.#wait(false);
      this.#restart.hidden = false;
      this.#reveal(turn);
    }
  }

  #finish(turn, answer, disclaimer, payload) {
    const blocks = render(list(payload.blocks));
    if (!blocks.length) throw new Refused("failed", payload);
    if (text(payload.language)) answer.lang = payload.language;
    disclaimer.textContent = text(payload.disclaimer) || disclaimer.textContent;
    this.#disclaimer.textContent = disclaimer.textContent;
    answer.replaceChildren(...blocks, disclaimer);
    this.#say(answer.querySelector("h3")?.textContent || words.ready);
    const next = list(payload.suggestions).map(text).filter(Boolean);
    const id = text(payload.message_id);
    turn.append(el("div", { class: "after" },
      next.length && el("div", { class: "next", role: "group", "aria-label": words.next }, this.#questions(next)),
      id && payload.intent !== "distress" && thumbs((helpful) => this.#rate(id, helpful))));
  }

  #refuse(turn, answer, disclaimer, message, { reason, problem, status, again }) {
    const why = text(problem.detail) || text(problem.title) || words[reason];
    if (status === 404) this.#conversation = null;
    disclaimer.textContent = text(problem.disclaimer) || disclaimer.textContent;
    const retry = () => {
      answer.remove();
      turn.firstChild.focus({ preventScroll: true });
      this.#answer(turn, message);
    };
    if (!again && !this.#input.value) this.#input.value = message;
    answer.classList.add("problem");
    answer.replaceChildren(el("p", { dir: "auto" }, why),
      again && el("button", { type: "button", class: "retry", click: retry }, words.again), disclaimer);
    this.#say(why);
  }

  async #rate(id, helpful) {
    const address = this.#url(`messages/${encodeURIComponent(id)}/feedback`);
    const saved = await rate(address, helpful).then(() => true, () => false);
    this.#say(saved ? words.thanks : words.unsaved);
    return saved;
  }

  #welcome() {
    const examples = [...this.querySelectorAll("li")].map((item) => item.textContent.trim()).filter(Boolean);
    this.#log.replaceChildren(...(examples.length
      ? [el("div", { class: "welcome", role: "group", "aria-label": words.examples },
          el("p", null, words.examples), this.#questions(examples))]
      : []));
  }

  #questions(questions) {
    return questions.map((question) =>
      el("button", { type: "button", class: "suggestion", dir: "auto", click: () => this.send(question) }, question));
  }

  #submit(event) {
    event.preventDefault();
    if (this.#busy || !this.#input.value.trim()) return;
    this.send(this.#input.value);
    this.#input.value = "";
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.currentTarget.form.requestSubmit();
  }

  #wait(busy) {
    this.#busy = busy;
    this.#send.ariaDisabled = String(busy);
    if (busy) this.#say(words.working);
  }

  #say(sentence) {
    this.#status.textContent = sentence;
  }

  #reveal(turn) {
    this.#log.scrollTop = turn.offsetTop - this.#log.offsetTop;
  }

  #show(open) {
    this.#panel.hidden = !open;
    this.#launcher.hidden = open;
    this.#launcher.ariaExpanded = String(open);
  }

  #connection = () => {
    this.#offline.hidden = navigator.onLine !== false;
  };

  #url(path) {
    return new URL(path, new URL(this.getAttribute("api") ?? API, document.baseURI));
  }

  get #launched() {
    return this.hasAttribute("launcher");
  }
}

customElements.get("liquidation-chat") ?? customElements.define("liquidation-chat", LiquidationChat);
