import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtPage, launch, openTab } from '../live/browser.js';
import { FakeAudit, party } from '../live/fake-audit.js';
import { hostileStrings } from '../live/hostile.js';
import { type Started, startFake } from '../live/server.js';
import { fakePersona, tester } from '../live/tester.js';
import './patience.js';

let browser: Browser;
let live: Started;
const strings = hostileStrings();
const audit = new FakeAudit(Date.now() - 60_000, { device: strings[1]! });

beforeAll(async () => {
  const pageDir = await builtPage();
  browser = await launch();
  audit.others.push({
    session: { ...audit.session(), id: 'old<script>window.__pwn=1</script>', subject: { ...audit.session().subject, app: strings[5]! } },
    rules: { pack: 'x', version: '1', sha256: '' },
    exchanges: 0,
    findings: 0,
    byVerdict: {},
    bytesUp: 0,
    bytesDown: 0,
  });
  await audit.change({ app: strings[0]! });
  await audit.markScene(strings[3]!, 'consented');
  for (const [at, text] of strings.entries()) {
    audit.clock += 10;
    audit.send(
      {
        party: { ...party(text, { zh: text, en: text }, text, text, false), registrableDomain: text, country: text },
        method: text,
        path: `/${text}?${text}=${text}`,
        headers: [
          [text, text],
          ['Content-Type', text],
          ['Cookie', `${text}=${text}`],
        ],
        body: at % 2 === 0 ? JSON.stringify({ [text]: [text, { [text]: text }] }) : text,
        response: text,
        evidence: [
          {
            dataType: at % 3 === 0 ? text : 'imei',
            path: at % 2 === 0 ? `body.$[${JSON.stringify(text)}][0]` : 'body.text',
            value: text,
            masked: text,
            verdict: 'beyond_necessary',
            steps: [text],
            trace: [{ rule: text, text: { zh: text, en: text } }],
          },
        ],
      },
      false,
    );
    audit.link(text, 'pinned', 10, { code: text, text: { zh: text, en: text } }, false);
  }
  audit.send(
    {
      party: party('big.example', null, null, null, null),
      path: '/big',
      body: '<script>window.__pwn=1</script>'.repeat(340_000),
      evidence: [],
    },
    false,
  );
  const [id = ''] = audit.found.keys();
  await audit.change({ accepted: [{ finding: id, reason: strings[7]!, at: 1 }] });
  for (const text of strings.slice(0, 40)) audit.reveals.push({ at: 1, who: text, exchange: 1, finding: text, dataTypes: [text] });
  const persona = fakePersona();
  persona.of = () => ({
    source: 'page',
    values: strings.slice(0, 40).map((text) => ({ dataType: text, values: [{ tag: text, masked: text, note: { zh: text, en: text } }] })),
    salts: 0,
    keys: 0,
  });
  audit.send({ party: party('binary.example', null, null, null, null), path: '/b', body: Uint8Array.of(0, 1, 2, 3), evidence: [] }, false);
  const fields = () =>
    strings.slice(0, 200).map((text, at) => ({
      path: `body|protobuf[${JSON.stringify(text)}].${at}`,
      part: 'body' as const,
      keys: [text],
      value: text,
      kind: 'string' as const,
      steps: [text],
      group: at,
    }));
  live = await startFake(audit, { pageDir, ...tester, persona, fields });
});
afterAll(async () => {
  await browser.close();
  await live.close();
});

test('500 hostile strings in every place: no script runs, no policy report, nothing is fetched elsewhere', {
  timeout: 300_000,
}, async () => {
  expect(strings).toHaveLength(500);
  const { page, context, complaints } = await openTab(browser, live.url);
  await page.evaluate(
    'document.addEventListener("securitypolicyviolation", (event) => { (window.__reports ??= []).push(event.blockedURI); })',
  );
  await page.locator('.row[aria-rowindex]').first().waitFor();
  const calm = async () => {
    expect(
      await page.evaluate(
        '[window.__pwn, window.__reports, document.querySelectorAll("main script, main iframe, main style, main link, main base, main meta, main a[href^=javascript]").length]',
      ),
    ).toEqual([undefined, undefined, 0]);
    expect(page.url().startsWith(live.origin)).toBe(true);
  };
  // The whole list passes through the window.
  for (let top = 0; top < 500 * 56; top += 700) {
    await page.evaluate(
      `new Promise((drawn) => { document.querySelector('.window').scrollTo(0, ${top}); requestAnimationFrame(() => requestAnimationFrame(drawn)); })`,
    );
  }
  await calm();
  await page.evaluate("document.querySelector('.window').scrollTo(0, 0)");
  // One of each seed in detail, in clear too.
  for (let n = 0; n < 40; n += 1) {
    await page.keyboard.press('j');
    await page.locator('.evidence .code, .evidence .empty-body').first().waitFor();
    if (n % 8 === 0) {
      const revealed = page.waitForResponse(/\/reveal$/);
      await page.keyboard.down('m');
      await revealed;
      await page.keyboard.up('m');
    }
  }
  await calm();
  await page.keyboard.press('Escape');
  for (const view of ['2', '3', '4', '5', '6', '7']) {
    await page.keyboard.press(view);
    await page.locator(`.tabs button:nth-child(${view})[aria-current]`).waitFor();
    await page.waitForLoadState('networkidle');
    await calm();
  }
  await page.goto(`${live.origin}/?view=checklist`);
  await page.locator('.persona li').nth(39).waitFor();
  await page.locator('.reveals li').nth(39).waitFor();
  await calm();
  await page.goto(`${live.origin}/?view=requests&exchange=500`);
  await page.locator('.detail .code').waitFor();
  expect(await page.locator('.detail').textContent()).toContain('不完整');
  await page.goto(`${live.origin}/?view=requests&exchange=501`);
  await page.locator('.detail .code-tree', { hasText: 'protobuf' }).waitFor();
  await calm();
  await page.goto(
    `${live.origin}/?q=${encodeURIComponent(strings[3]!)}&finding=${encodeURIComponent(strings[2]!)}&session=${encodeURIComponent(strings[1]!)}`,
  );
  await page.locator('.filter input').waitFor();
  await calm();
  expect(complaints).toEqual([]);
  await context.close();
});
