/** Why there is no answer: a key of words.js, what a problem+json reply said, and its status. */
export class Refused extends Error {
  constructor(reason, problem, status) {
    super(reason);
    this.reason = reason;
    this.problem = problem ?? {};
    this.status = status ?? problem?.status;
  }

  /** Whether the same question may succeed later; a refused message has to be changed first. */
  get again() {
    return ![400, 413, 422].includes(this.status);
  }
}

async function post(url, body, accept) {
  if (navigator.onLine === false) throw new Refused("offline");
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: accept },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
  } catch {
    throw new Refused(navigator.onLine === false ? "offline" : "unreachable");
  }
  if (response.ok) return response;
  throw new Refused("failed", await response.json().catch(() => null), response.status);
}

/** The server-sent events of a reply as [name, data]; an event cut off by the end is dropped, as the standard says. */
export async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split(/\r\n\r\n|\n\n|\r\r/);
    rest = parts.pop();
    for (const part of parts) {
      let name = "message";
      const data = [];
      for (const line of part.split(/\r\n|\n|\r/)) {
        const [, field, content] = /^(event|data)(?:: ?(.*))?$/.exec(line) ?? [];
        if (field === "event") name = content ?? "";
        if (field === "data") data.push(content ?? "");
      }
      if (data.length) yield [name, data.join("\n")];
    }
  }
}

/** The answer to one question; whole blocks go to `onBlock` as they arrive. Raises Refused. */
export async function ask(url, question, onBlock) {
  const response = await post(url, question, "text/event-stream, application/json;q=0.9");
  try {
    if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) return await response.json();
    for await (const [name, data] of events(response.body)) {
      if (name === "block") onBlock(JSON.parse(data));
      if (name === "done") return JSON.parse(data);
      if (name === "error") throw new Refused("failed", JSON.parse(data));
    }
  } catch (error) {
    if (error instanceof Refused) throw error;
  }
  throw new Refused("interrupted");
}

/** Tells the server whether an answer helped. Raises Refused. */
export async function rate(url, helpful) {
  await post(url, { helpful }, "application/json");
}
