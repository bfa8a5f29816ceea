/** Works from 360 px on; text is never smaller than a phone's default, and colour never says anything alone. */
export const STYLE = `:root { color-scheme: light dark; --line: #8886; --good: #0a7d33; --bad: #b3261e; --wait: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --good: #6fdc8c; --bad: #ff8a80; --wait: #ffcc66; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 42rem; padding: 1rem; font: 1rem/1.6 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: .5rem 0; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; border-bottom: 1px solid var(--line); padding-bottom: .5rem; }
nav a, .files a { display: inline-block; padding: .35rem 0; min-height: 2.75rem; line-height: 2.1rem; }
nav a[aria-current] { font-weight: 700; }
#lights { list-style: none; margin: 1rem 0; padding: 0; }
.light { display: flex; gap: .75rem; padding: .6rem .75rem; border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; }
.light .mark { font-weight: 700; width: 1.25rem; text-align: center; flex: none; }
.light.on { border-color: var(--good); } .light.on .mark { color: var(--good); }
.light.problem { border-color: var(--bad); } .light.problem .mark { color: var(--bad); }
.light.waiting { border-color: var(--wait); } .light.waiting .mark { color: var(--wait); }
#advice, .warning { border-left: .25rem solid var(--wait); padding: .25rem .75rem; }
code, pre { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .9rem; }
pre { border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; white-space: pre-wrap; }
.print { letter-spacing: .02em; }
ol, ul { padding-left: 1.4rem; }
li { margin: .35rem 0; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .5rem; font-size: .9rem; }
a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
`;
