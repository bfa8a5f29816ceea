/** Strings that captured traffic may hold, each meant to break something: markup, script, text direction, terminals, encodings. */
const SCRIPTS = [
  '<script>window.__pwn=1</script>',
  '<img src=x onerror="window.__pwn=1">',
  '<svg/onload=window.__pwn=1>',
  '"><script>window.__pwn=1</script>',
  "'-window.__pwn=1-'",
  '</script><script>window.__pwn=1</script>',
  '</textarea><svg onload=window.__pwn=1>',
  'javascript:window.__pwn=1//',
  'data:text/html,<script>window.__pwn=1</script>',
  '<iframe srcdoc="<script>parent.__pwn=1</script>">',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=window.__pwn=1>',
  '<a href="javascript:window.__pwn=1" autofocus onfocus=window.__pwn=1>x</a>',
  '<style>@import "http://evil.test/x.css";*{display:none}</style>',
  '<link rel=stylesheet href=//evil.test/x.css>',
  '<base href="http://evil.test/">',
  '<meta http-equiv=refresh content="0;url=http://evil.test/">',
  '{{constructor.constructor("window.__pwn=1")()}}',
  '$' + '{window.__pwn=1}',
  'jaVasCript:/*-/*`/*\\`/*\'/*"/**/(/* */oNcliCk=window.__pwn=1 )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>\\x3csVg/<sVg/oNloAd=window.__pwn=1//>\\x3e',
  '<details open ontoggle=window.__pwn=1>',
];
const TEXTS = [
  '\u202egnp.exe\u202c',
  '\u2066\u2069\u200b\ufeff',
  '\u001b[31mred\u001b[0m\u0007',
  '\u0000\u0001\u0002',
  '\ud800',
  '\udfff\ud800',
  '%00%0d%0aSet-Cookie:%20x=1',
  '\r\nX-Injected: 1',
  '__proto__',
  'constructor',
  'toString',
  '=cmd|"/C calc"!A1',
  'ｊａｖａｓｃｒｉｐｔ',
  '😀'.repeat(200),
  'Z̷̢̛͓̳͎'.repeat(50),
];

/** 500 strings: each seed in fifteen surroundings or so. */
export function hostileStrings(): readonly string[] {
  const wraps: ReadonlyArray<(text: string) => string> = [
    (text) => text,
    (text) => `x${text}y`,
    (text) => `"${text}"`,
    (text) => `'${text}'`,
    (text) => `\`${text}\``,
    (text) => `<!--${text}-->`,
    (text) => `<p>${text}`,
    (text) => `\\${text}`,
    (text) => `${text}\n${text}`,
    (text) => `[${text}](x)`,
    (text) => [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    (text) => text.replaceAll('<', '&lt;'),
    (text) => text.replaceAll('<', '\\u003c'),
    (text) => `\u202e${text}`,
    (text) => `]]>${text}`,
  ];
  const seeds = [...SCRIPTS, ...TEXTS];
  return wraps.flatMap((wrap) => seeds.map((seed) => wrap(seed))).slice(0, 500);
}
