import { deflateSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createFields } from '../../src/cli/explanation.js';
import { builtPage, launch, type Opened, openTab } from '../live/browser.js';
import { FakeAudit, party, type Sent } from '../live/fake-audit.js';
import { type Started, startFake } from '../live/server.js';

const PHONE = '13900000000';
const own = party('api.xinglu.example', { zh: '行路出行', en: 'Xinglu Mobility' }, null, 'first_party', true);

let browser: Browser;
let pageDir: string;
let audit: FakeAudit;
let live: Started;
let tab: Opened;

beforeAll(async () => {
  pageDir = await builtPage();
  browser = await launch();
});
afterAll(() => browser.close());

/** CRC of a PNG chunk (ISO/IEC 15948 annex D), so that a browser takes the picture. */
function crc(bytes: Uint8Array): number {
  let rest = ~0;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return ~rest >>> 0;
}

function chunk(name: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const out = Buffer.alloc(named.length + 8);
  out.writeUInt32BE(data.length, 0);
  named.copy(out, 4);
  out.writeUInt32BE(crc(named), named.length + 4);
  return out;
}

/** A grey PNG of eight by six. */
function png(): Buffer {
  const head = Buffer.from([0, 0, 0, 8, 0, 0, 0, 6, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(6 * 9, 120))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A protobuf message: a number, a text, and a message with a text. */
const proto = Buffer.concat([
  Buffer.from([0x08, 0x96, 0x01, 0x12, PHONE.length]),
  Buffer.from(PHONE),
  Buffer.from([0x1a, 13, 0x0a, 11]),
  Buffer.from('cold_start1'),
]);

const sent: readonly Sent[] = [
  {
    party: own,
    path: '/proto',
    headers: [['Content-Type', 'application/x-protobuf']],
    body: proto,
    evidence: [{ dataType: 'phone_number', path: 'body|protobuf.2', value: PHONE, masked: '139****0000', verdict: 'necessary' }],
  },
  { party: own, path: '/photo', headers: [['Content-Type', 'text/html']], body: png(), evidence: [] },
  {
    party: own,
    path: '/drawing',
    headers: [['Content-Type', 'image/svg+xml']],
    body: '<svg xmlns="http://www.w3.org/2000/svg"><script>window.__pwn = 1</script></svg>',
    evidence: [],
  },
];

beforeEach(async () => {
  audit = new FakeAudit(Date.now() - 10_000);
  for (const one of sent) audit.send(one);
  live = await startFake(audit, { pageDir, fields: createFields(() => ({})) });
  tab = await openTab(browser, live.url);
  await tab.page.locator('.row[aria-rowindex]').first().waitFor();
});
afterEach(async () => {
  expect(tab.complaints).toEqual([]);
  await tab.context.close();
  await live.close();
});

test('a protobuf body is read as a tree, the value marked in its place, the bytes only once it is held', async () => {
  const { page } = tab;
  await page.locator('.row[aria-rowindex]').first().click();
  const tree = page.locator('.code-tree');
  await expect.poll(() => tree.textContent()).toBe('→ protobuf\n  1: 150\n  2: "139****0000"\n  3\n    1: "cold_start1"');
  expect(await tree.locator('mark.aim').textContent()).toBe('139****0000');
  await page.locator('.dump .fold').click();
  await page.locator('.dump .withheld').waitFor();
  await page.keyboard.down('m');
  await expect.poll(() => tree.locator('mark.aim').textContent()).toBe(PHONE);
  await expect.poll(() => page.locator('.dump .code-hex').textContent()).toContain('31 33 39 30');
  await page.keyboard.up('m');
  await expect.poll(() => tree.locator('mark.aim').textContent()).toBe('139****0000');
  expect(audit.reveals).toHaveLength(1);
});

test('a picture is there only while it is revealed, whatever the sender called it; a drawing with a script is text', async () => {
  const { page } = tab;
  await page.goto(`${live.origin}/?view=requests&exchange=1`);
  await page.locator('.picture figcaption', { hasText: 'PNG 图片，8 × 6 像素' }).waitFor();
  expect(await page.locator('.picture img').count()).toBe(0);
  await page.keyboard.down('m');
  await page.locator('.picture img').waitFor();
  await expect.poll(() => page.evaluate('document.querySelector(".picture img").naturalWidth')).toBe(8);
  await page.keyboard.up('m');
  await expect.poll(() => page.locator('.picture img').count()).toBe(0);
  expect(audit.reveals.map(({ exchange, finding }) => [exchange, finding])).toEqual([[1, null]]);

  await page.goto(`${live.origin}/?view=requests&exchange=2`);
  await page.locator('.detail .code', { hasText: '<script>' }).waitFor();
  await page.keyboard.down('m');
  await expect.poll(() => audit.reveals.length).toBe(2);
  expect([await page.locator('.picture').count(), await page.evaluate('window.__pwn')]).toEqual([0, undefined]);
  await page.keyboard.up('m');
});

test('a copied link opens this one in this session, without filter and token', async () => {
  const { page, context } = tab;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('.filter input').fill('类型：手机');
  await page.locator('.row[aria-rowindex]').first().click();
  await page.locator('.detail-tools button', { hasText: '复制链接' }).click();
  await page.locator('.detail-tools button', { hasText: '已复制' }).waitFor();
  const link = String(await page.evaluate('navigator.clipboard.readText()'));
  const [finding] = [...audit.found.keys()];
  expect(new URL(link).searchParams.toString()).toBe(`session=${audit.session().id}&finding=${finding}`);
  await page.goto(link);
  await page.locator('.detail h2', { hasText: '手机号码' }).waitFor();
});

test('where the browser knows no clipboard, copying still works', async () => {
  const { page } = tab;
  await page.evaluate("Object.defineProperty(window, 'isSecureContext', { value: false })");
  await page.locator('.row[aria-rowindex]').first().click();
  await page.locator('.detail-tools button', { hasText: '复制链接' }).click();
  await page.locator('.detail-tools button', { hasText: '已复制' }).waitFor();
  expect(await page.locator('textarea').count()).toBe(0);
});

test('a disk that refuses is said in every tab, also one that is opened later, until it takes again', async () => {
  const { page } = tab;
  live.tell({ code: 'OVR_STORE_FULL', message: 'The disk is full.', next: 'Free disk space.' }, 'until_stored');
  const banner = (one = page) => one.locator('.banner-bad', { hasText: '记录出现问题：磁盘已满' });
  await banner().waitFor();
  expect(await banner().locator('button').count()).toBe(0);
  const late = await openTab(browser, live.url);
  await banner(late.page).waitFor();
  audit.send(sent[0]!);
  await expect.poll(() => banner().count()).toBe(0);
  await expect.poll(() => banner(late.page).count()).toBe(0);
  expect(late.complaints).toEqual([]);
  await late.context.close();
});

test('an analysis that ended is said for good, other trouble until it is put away', async () => {
  const { page } = tab;
  const banner = page.locator('.banner-bad');
  live.tell({ code: 'OVR_RULES_WATCH', message: '/rules cannot be watched.', next: 'Run "overreach rules reload".' }, null);
  await banner.waitFor();
  expect(await banner.textContent()).toContain('/rules cannot be watched. Run "overreach rules reload".');
  await banner.locator('button', { hasText: '知道了' }).click();
  await expect.poll(() => banner.count()).toBe(0);
  live.tell({ code: 'OVR_ANALYSIS_DIED', message: 'The analysis thread ended.', next: 'Start again.' }, 'for_good');
  await banner.waitFor();
  audit.send(sent[0]!);
  await page.reload();
  await banner.waitFor();
  expect([await banner.textContent(), await banner.locator('button').count()]).toEqual([expect.stringContaining('此后的流量不再分析'), 0]);
});

test('a refusal is said in the language of the page, with its code', async () => {
  const { page } = tab;
  await page.route('**/subject', (route) =>
    route.fulfill({ status: 400, json: { code: 'OVR_STORE_FULL', message: 'The disk is full.', next: 'Free disk space.' } }),
  );
  await page.locator('.app-name').click();
  await page.locator('.app-name-field').fill('x');
  await page.keyboard.press('Enter');
  const banner = page.locator('.banner-bad');
  await banner.waitFor();
  expect(await banner.textContent()).toContain('磁盘已满，写不进去');
  expect(await banner.textContent()).toContain('OVR_STORE_FULL');
  // The browser itself reports the answer in its console.
  tab.complaints.splice(0, 1);
});
