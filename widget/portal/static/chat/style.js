// @ts-check
/**
 * Sizes are in em: rem would follow the root element of a page that is not ours.
 * Every colour stands here or in the partner's theme, which the content check holds to WCAG contrast.
 */
export const STYLE = `
  .root { --back: #f4f8f5; --paper: #ffffff; --text: #17211b; --soft: #3c4a41; --line: #c9d6cd; --edge: #5d6b62;
    --mine: #dcefe2; --link: #0b5a8a; --strong: #14532d; --warn: #9a3412; --warn-back: #fff4e5; --info: #1d5a96; }
  @media (prefers-color-scheme: dark) {
    .root { --back: #131a16; --paper: #1c2620; --text: #eef4f0; --soft: #c3cfc7; --line: #3b4a41; --edge: #93a39a;
      --mine: #234532; --link: #8cc8f5; --strong: #b9e8cb; --warn: #fdba74; --warn-back: #3a2412; --info: #8cc8f5; }
  }
  * { box-sizing: border-box; }
  [hidden] { display: none !important; }
  .panel { display: none; }
  .panel[open], section.panel { display: flex; }
  .panel { flex-direction: column; position: absolute; inset: auto 0 0 auto; margin: 0; padding: 0; color: var(--text);
    font-size: calc(1em * var(--scale, 1)); width: min(26em, calc(100vw - 32px)); max-width: none; max-height: none;
    height: min(42em, calc(100vh - 32px)); height: min(42em, calc(100dvh - 32px)); background: var(--paper);
    border: 1px solid var(--edge); border-radius: 14px; overflow: hidden; box-shadow: 0 10px 40px rgba(0, 0, 0, .3); }
  .panel:modal { position: fixed; inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0; }
  .panel:modal::backdrop { background: var(--paper); }
  section.panel { position: static; width: 100%; height: 100%; min-height: 16em; box-shadow: none; }
  button, textarea { font: inherit; color: inherit; letter-spacing: inherit; word-spacing: inherit; }
  button { cursor: pointer; border: 1px solid transparent; }
  :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
  header { background: var(--brand); color: var(--on-brand); padding: .6em .6em .6em 1em; display: flex; gap: .4em;
    align-items: flex-start; flex-wrap: wrap; }
  header > div:first-child { flex: 1 1 9em; }
  header :focus-visible { outline-color: var(--on-brand); outline-offset: -3px; }
  h2 { font-size: 1.05em; font-weight: 700; margin: 0; line-height: 1.3; }
  header p { margin: .1em 0 0; font-size: .85em; line-height: 1.35; }
  .tools { display: flex; flex-wrap: wrap; gap: .1em; }
  .icon { background: transparent; min-width: 44px; min-height: 44px; padding: 0 .4em; border-radius: 8px; }
  .icon:hover { text-decoration: underline; border-color: currentColor; }
  .options { background: var(--paper); border-bottom: 1px solid var(--line); padding: .6em; display: flex;
    flex-wrap: wrap; gap: .4em; max-height: 60%; overflow-y: auto; }
  .options p { flex: 1 1 100%; margin: 0; font-size: .85em; color: var(--soft); }
  .plain { background: var(--paper); border-color: var(--edge); color: var(--text); border-radius: 8px;
    padding: .35em .8em; min-height: 44px; text-align: left; }
  .plain[aria-pressed="true"] { font-weight: 700; border-width: 3px; }
  .options .tools { gap: .4em; }
  .plain:hover, .buttons button:hover { text-decoration: underline; }
  .log { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 1em; background: var(--back);
    display: flex; flex-direction: column; gap: .7em; }
  .log:focus-visible { outline-offset: -3px; }
  .turn { display: flex; flex-direction: column; gap: .5em; align-items: flex-start; }
  .bubble { max-width: 92%; padding: .6em .85em; border-radius: 14px; overflow-wrap: anywhere;
    border: 1px solid var(--line); }
  .bubble p, .bubble ul { margin: 0 0 .5em; } .bubble > :last-child, .sources > :last-child { margin-bottom: 0; }
  .bubble ul { padding-left: 1.2em; }
  .bot { background: var(--paper); border-bottom-left-radius: 4px; }
  .visitor { background: var(--mine); align-self: flex-end; border-bottom-right-radius: 4px; white-space: pre-wrap; }
  .bot.unknown, .bot.handover { border-left: 4px solid var(--warn); }
  .bot.search { border-left: 4px solid var(--info); }
  .bot.human { border-left: 4px solid var(--strong); }
  .note.event { align-self: center; text-align: center; }
  .kind { font-size: .85em; color: var(--soft); font-weight: 600; }
  .sources { margin-top: .5em; border-top: 1px solid var(--line); padding-top: .4em; font-size: .88em; }
  .bubble .sources ul { list-style: none; padding: 0; }
  .sources li { margin-bottom: .3em; }
  a { color: var(--link); }
  .sources a, footer a { display: inline-block; min-height: 24px; }
  .dates { color: var(--soft); display: block; }
  time { color: var(--soft); font-size: .8em; }
  .visitor time { display: block; text-align: right; }
  .note { color: var(--soft); font-size: .85em; align-self: flex-end; text-align: right; margin: 0; }
  .kept { align-self: flex-start; text-align: left; }
  .buttons { display: flex; flex-wrap: wrap; gap: .4em; max-width: 100%; }
  .buttons button { background: var(--paper); border-color: var(--edge); color: var(--strong); border-radius: 22px;
    padding: .45em .9em; min-height: 44px; text-align: left; overflow-wrap: anywhere; }
  .whole { display: flex; flex-wrap: wrap; gap: .4em; flex: 1 1 100%; }
  .rating { align-items: center; font-size: .88em; color: var(--soft); }
  .rating button { padding: .2em .8em; }
  .typing { display: flex; gap: .3em; align-items: center; color: var(--soft); font-size: .9em; padding: 0 1em .4em;
    background: var(--back); min-height: 1.9em; margin: 0; }
  .typing:empty { min-height: 0; padding: 0; }
  .typing i { flex: none; width: 7px; height: 7px; border-radius: 50%; background: var(--edge); animation: pulse 1.2s infinite; }
  .typing i:nth-child(2) { animation-delay: .2s; } .typing i:nth-child(3) { animation-delay: .4s; }
  @keyframes pulse { 0%, 60%, 100% { opacity: .3 } 30% { opacity: 1 } }
  @media (prefers-reduced-motion: reduce) { .typing i { animation: none; } }
  summary { cursor: pointer; min-height: 24px; color: var(--link); font-size: .88em; }
  .own { flex: 1 1 100%; border-top: 1px solid var(--line); } h3 { font-size: 1em; margin: .6em 0 .3em; }
  .own > p, .own li { font-size: .9em; overflow-wrap: anywhere; }
  .error { background: var(--warn-back); border: 1px solid var(--warn); border-radius: 10px; padding: .6em .8em; }
  .error p { margin: 0 0 .5em; } .error > :last-child { margin-bottom: 0; } .error button { margin: 0 .4em .4em 0; }
  form { display: flex; gap: .5em; padding: .6em; border-top: 1px solid var(--line); align-items: flex-end; }
  textarea { flex: 1; min-width: 0; resize: none; border: 1px solid var(--edge); border-radius: 10px; padding: .55em .7em;
    min-height: 44px; max-height: 8em; background: var(--paper); line-height: 1.4; }
  ::placeholder { color: var(--soft); opacity: 1; }
  form button { background: var(--brand); color: var(--on-brand); border-color: var(--on-brand); border-radius: 10px;
    min-height: 44px; padding: 0 1em; font-weight: 600; }
  form button[aria-disabled="true"] { background: var(--back); color: var(--soft); border-color: var(--edge); }
  footer { font-size: .82em; color: var(--soft); padding: 0 .8em .6em; }
  footer p { margin: 0 .5em 0 0; display: inline; }
  .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  /* A window of 256 px, as at 400% zoom, has no room for fixed parts: everything scrolls together. */
  @media (max-height: 30em) {
    .panel { overflow-y: auto; }
    .panel > * { flex: none; }
    .log, .options { overflow: visible; max-height: none; }
  }
  @media (forced-colors: active) {
    .bubble, .error, .buttons button, form button, .icon, .launcher, .plain { border: 1px solid ButtonBorder; }
    .visitor { border-style: dashed; }
    .typing i { background: CanvasText; forced-color-adjust: none; }
  }
`;
