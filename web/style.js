const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host {
  --ink: light-dark(#17212b, #e6edf3);
  --quiet: light-dark(#556270, #9dabb8);
  --paper: light-dark(#fff, #151c24);
  --ground: light-dark(#f4f6f8, #0e141a);
  --line: light-dark(#dbe1e7, #2b3642);
  --accent: light-dark(#0a5c7f, #7cc4e4);
  --on-accent: light-dark(#fff, #08222f);
  --tint: light-dark(#e6f0f5, #1a2c38);
  --warn: light-dark(#a15c00, #e0a84e);
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  display: block; block-size: 100%; color-scheme: light dark;
}
.base {
  all: initial; display: block; block-size: 100%; color-scheme: inherit; color: var(--ink);
  font: medium/1.5 var(--font);
}
:host([hidden]), [hidden] { display: none !important; }
*, ::before, ::after { box-sizing: border-box; }
p, h2, h3, h4, ol, ul, dl, dd { margin: 0; padding: 0; }
button, textarea { font: inherit; color: inherit; }
button { cursor: pointer; min-block-size: 36px; border-radius: 8px; border: 1px solid var(--line); background: var(--paper); }
button:hover { border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.asked:focus-visible { outline-offset: 4px; }
a { color: var(--accent); }

.panel { display: flex; flex-direction: column; block-size: 100%; min-block-size: 0; background: var(--ground); container-type: inline-size; }
.log { flex: 1; min-block-size: 0; overflow-y: auto; overscroll-behavior: contain; scrollbar-gutter: stable both-edges; scrollbar-width: thin; padding: 16px; outline-offset: -2px; }
.log > * { max-inline-size: 704px; margin-inline: auto; }
.turn { padding-block: 12px; display: grid; gap: 12px; overflow-wrap: anywhere; }

.welcome { display: grid; gap: 8px; padding-block-end: 8px; }
.welcome p { color: var(--quiet); }
.suggestion { text-align: start; padding: 8px 14px; color: var(--accent); }
.asked { justify-self: end; max-inline-size: 85%; padding: 8px 14px; border-radius: 14px; background: var(--tint); white-space: pre-wrap; }
.answer { display: grid; gap: 16px; padding: 18px; border: 1px solid var(--line); border-radius: 14px; background: var(--paper); min-inline-size: 0; }
.answer > * { min-inline-size: 0; }
.problem { border-color: var(--warn); }
.retry { justify-self: start; padding-inline: 14px; }
.pending { color: var(--quiet); animation: appear 0.2s 0.3s both; }
@keyframes appear { from { opacity: 0; } }

h3 { font-size: 1.125em; line-height: 1.4; font-weight: 600; }
h3:has(b) { font-weight: 400; }
h3 b { display: inline-block; font-size: 1.6667em; line-height: 1.2; font-weight: 700; letter-spacing: -0.015em; }
h4 { font-size: 1em; margin-block: 4px -8px; }
h4, summary { font-weight: 600; }
summary { font-size: 0.875em; }
dd, b, h3, th, td { font-variant-numeric: tabular-nums; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(136px, 1fr)); gap: 12px 20px; align-items: end; }
dt { color: var(--quiet); font-size: 0.8125em; }
dd { font-weight: 600; }
ul, ol { padding-inline-start: 20px; }
li + li { margin-block-start: 4px; }
summary { cursor: pointer; min-block-size: 24px; }
.steps { margin-block-start: 8px; font-size: 0.875em; }
.steps li + li { margin-block-start: 10px; }
.steps .name, .steps code, .steps b { display: block; }
code { font: 0.9286em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; color: var(--quiet); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; inline-size: 100%; font-size: 0.875em; overflow-wrap: normal; }
th, td { padding: 6px 12px; text-align: start; border-block-end: 1px solid var(--line); }
thead th { color: var(--quiet); }
th { font-weight: 600; }
th.number, .number { text-align: end; }
.caveat { border-inline-start: 3px solid var(--warn); padding-inline-start: 12px; font-size: 0.9375em; }
.sources .name { font-weight: 600; }
.sources { font-size: 0.8125em; color: var(--quiet); }
.disclaimer { color: var(--quiet); font-size: 0.8125em; line-height: 1.45; }
.answer .disclaimer { border-block-start: 1px solid var(--line); padding-block-start: 12px; }

.after, .next { display: flex; flex-wrap: wrap; gap: 8px; }
.after { justify-content: space-between; align-items: start; }
.thumbs { display: flex; gap: 4px; margin-inline-start: auto; }
.thumb, .icon { inline-size: 36px; padding: 7px; border-color: transparent; background: none; color: var(--quiet); }
.thumb[aria-pressed="true"] { color: var(--accent); background: var(--tint); }
.unhelpful svg { transform: rotate(180deg); }
svg { display: block; inline-size: 100%; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }

form, footer, .offline { inline-size: 100%; max-inline-size: 736px; margin-inline: auto; padding-inline: 16px; }
form { display: flex; gap: 8px; align-items: end; padding-block-start: 12px; }
textarea { flex: 1; min-inline-size: 0; resize: none; field-sizing: content; min-block-size: 44px; max-block-size: 144px; padding: 9px 14px; border: 1px solid var(--quiet); border-radius: 12px; background: var(--paper); }
textarea::placeholder { color: var(--quiet); opacity: 1; }
.send, .launcher { min-block-size: 44px; padding-inline: 18px; border-color: transparent; border-radius: 12px; background: var(--accent); color: var(--on-accent); font-weight: 600; }
.launcher { box-shadow: 0 4px 16px #0004; }
.send[aria-disabled="true"] { opacity: 0.6; cursor: progress; }
footer { display: flow-root; padding-block: 8px 12px; }
.quiet { float: inline-end; margin-inline-start: 12px; min-block-size: 24px; border: 0; background: none; padding: 0; color: var(--accent); font-size: 0.8125em; text-decoration: underline; }
.offline { color: var(--warn); padding-block-start: 12px; font-size: 0.875em; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

:host([launcher]) { position: fixed; inset-block-end: 16px; inset-inline-end: 16px; block-size: auto; z-index: 2147483000; }
:host([launcher]) .panel { position: fixed; inset-block-end: 16px; inset-inline-end: 16px; inline-size: min(416px, 100vw - 32px); block-size: min(672px, 100dvh - 32px); border: 1px solid var(--line); border-radius: 16px; overflow: hidden; box-shadow: 0 12px 40px #0004; }
header { display: flex; justify-content: space-between; align-items: center; padding: 8px 8px 8px 16px; border-block-end: 1px solid var(--line); background: var(--paper); }
h2 { font-size: 1em; font-weight: 600; }
@media (max-width: 480px) {
  :host([launcher]) .panel { inset: 0; inline-size: auto; block-size: auto; border: 0; border-radius: 0; }
}
@container (max-width: 480px) {
  .log { padding: 12px; scrollbar-gutter: auto; }
  form, footer, .offline { padding-inline: 12px; }
  .answer { padding: 14px; }
  footer .disclaimer { font-size: 0.75em; line-height: 1.35; }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; } }
@media (forced-colors: active) { .thumb[aria-pressed="true"] { border-color: Highlight; } }
`);
export default sheet;
