import { createHash } from 'node:crypto';
import type { SessionReport } from '../../model/report.js';
import type { Language } from '../../model/text.js';
import { Html, html } from './markup.js';
import { STYLE } from './style.js';

interface Shell {
  readonly language: Language;
  readonly title: string;
  readonly tool: SessionReport['tool'];
  /** It shows pictures, which stand in it. */
  readonly pictures: boolean;
}

/** Nothing may be loaded or run; pictures stand in the document itself; the one style sheet is allowed by its digest (CSP level 3, section 8.4). */
const policy = (pictures: boolean) =>
  `default-src 'none'; ${pictures ? 'img-src data:; ' : ''}style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** One self-contained HTML document: no script, no request, readable on screen and on A4. @param body what stands in it, the footer last. */
export function documentOf({ language, title, tool, pictures }: Shell, body: Html): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy(pictures))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${tool.name} ${tool.version}">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.text;
}
