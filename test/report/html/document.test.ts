import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { AuditRecord } from '../../../src/model/report.js';
import type { Template } from '../../../src/report/format.js';
import { renderDocument } from '../../../src/report/html/document.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

const TEMPLATES: readonly Template[] = ['audit', 'developer', 'complaint'];
const TAGS = new Set(
  'html head meta title style body main header section nav footer h1 h2 h3 h4 p b i br wbr small span a div dl dt dd ul ol li table caption thead tbody tr th td blockquote article figure figcaption svg path circle rect'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  'lang charset http-equiv content name class id href scope aria-label aria-hidden viewBox preserveAspectRatio d cx cy r x y rx width height'.split(
    ' ',
  ),
);

/** The opening tags of a document, with the names of their attributes. */
function tagsOf(document: string): Array<{ name: string; attributes: string[] }> {
  const body = document.replace(/<style>[\s\S]*?<\/style>/, '<style></style>');
  return [...body.matchAll(/<([a-zA-Z][^\s>/]*)((?:[^>"]|"[^"]*")*)>/g)].map(([, name = '', rest = '']) => ({
    name,
    attributes: [
      ...[...rest.matchAll(/\s([a-zA-Z:-]+)="[^"]*"/g)].map(([, attribute = '']) => attribute),
      // Anything left over (an attribute without quotes) comes back under its own text, and is no known name.
      ...[
        rest
          .replace(/\s([a-zA-Z:-]+)="[^"]*"/g, '')
          .replace(/\/$/, '')
          .trim(),
      ].filter((left) => left !== ''),
    ],
  }));
}

/** The sample with every string that a phone, an app or a tester can choose replaced. */
function poisoned(text: string): AuditRecord {
  const record = sampleRecord();
  return {
    ...record,
    session: {
      ...record.session,
      id: text,
      device: text,
      subject: { ...record.session.subject, app: text },
      scenes: record.session.scenes.map((scene) => ({ ...scene, name: text })),
    },
    findings: record.findings.map((finding) => ({
      ...finding,
      app: text,
      party: { ...finding.party, host: `${text}${finding.party.host}`, sdk: text, country: text },
    })),
    occurrencesOf: (id) =>
      record.occurrencesOf(id).map((piece) => ({
        ...piece,
        url: `https://x.test/${text}`,
        path: text,
        masked: text,
        tag: text,
        method: text,
        form: text,
        value: '',
      })),
    connections: record.connections.map((connection) => ({
      ...connection,
      host: text,
      cause: { code: text, text: { zh: text, en: text } },
    })),
    traffic: { ...record.traffic, limitsReached: { [text]: 1 } },
  };
}

const PAYLOADS = [
  '<script>window.__pwn=1</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style><svg/onload=alert(1)>',
  '--><script>',
  'javascript:alert(1)',
  '\u202etxt.exe\u0000\u001b]0;x\u0007',
  '\ud800',
  '`x`',
  '&lt;script&gt;',
];

test.each(TEMPLATES)('%s: nothing captured becomes markup', (template) => {
  for (const payload of PAYLOADS) {
    const document = renderDocument(buildReport(poisoned(payload), { showValues: true }), { language: 'zh-CN', template });
    for (const { name, attributes } of tagsOf(document)) {
      expect(TAGS.has(name), `<${name}> from ${payload}`).toBe(true);
      for (const attribute of attributes) expect(ATTRIBUTES.has(attribute), `${attribute} from ${payload}`).toBe(true);
    }
    expect(/[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e\p{Cs}]/u.test(document), `unseen characters from ${payload}`).toBe(false);
  }
});

test('the policy allows nothing but the one style sheet, by its digest', () => {
  const document = renderDocument(buildReport(sampleRecord()), { language: 'en' });
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(document)?.[1] ?? '';
  const style = /<style>([\s\S]*?)<\/style>/.exec(document)?.[1] ?? '';
  expect(policy).toBe(
    `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`,
  );
  for (const { name, attributes } of tagsOf(document)) {
    expect(['script', 'link', 'img', 'iframe', 'object', 'embed', 'form']).not.toContain(name);
    expect(attributes.filter((attribute) => /^(src|style|on.*)$/.test(attribute))).toEqual([]);
  }
  expect(/url\(|@import/.test(style)).toBe(false);
});

test('incident: a report by another pack was headed as one under the Provisions', () => {
  const report = buildReport(sampleRecord());
  const own = {
    ...report,
    ...(report.basis === undefined ? {} : { basis: { ...report.basis, title: { zh: '自家规定', en: 'House rules' } } }),
  };
  expect(renderDocument(own, { language: 'zh-CN' })).toContain('<p class="lead">依据《自家规定》</p>');
});

test('ids are unique and every link leads somewhere', () => {
  for (const template of TEMPLATES) {
    const document = renderDocument(buildReport(sampleRecord()), { language: 'en', template });
    const ids = [...document.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...document.matchAll(/href="#([^"]*)"/g)].map(([, target]) => target);
    expect(targets.length, template).toBeGreaterThan(3);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  }
});

test('each template has its own sections', () => {
  const titles = (template: Template) =>
    [...renderDocument(buildReport(sampleRecord()), { language: 'en', template }).matchAll(/<section id="([^"]*)">/g)].map(([, id]) => id);
  expect(titles('audit')).toEqual([
    'subject',
    'basis',
    'environment',
    'scenes',
    'coverage',
    'matrix',
    'findings',
    'receivers',
    'refusal',
    'manual',
    'appendices',
    'redoing',
    'statement',
  ]);
  expect(titles('developer')).toEqual(['work', 'purposes', 'coverage', 'manual', 'redoing', 'statement']);
  expect(titles('complaint')).toEqual(['subject', 'facts', 'provisions', 'evidence', 'environment', 'coverage', 'redoing', 'reservation']);
});
