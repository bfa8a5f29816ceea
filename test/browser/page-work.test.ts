import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Retention } from '../../src/live/index.js';
import type { RowQuery, SubjectPatch } from '../../src/model/audit.js';
import { builtPage, launch, type Opened } from '../live/browser.js';
import type { FakeAudit } from '../live/fake-audit.js';
import { checks, dataTypes, pack } from '../live/fake-rules.js';
import type { Started } from '../live/server.js';
import { earlier, fakePersona, fakeRetention, tester } from '../live/tester.js';
import { closeRide, showRide } from './shown-ride.js';

let browser: Browser;
let audit: FakeAudit;
let live: Started;
let tab: Opened;
let persona: ReturnType<typeof fakePersona>;
let retention: Retention;
/** What the request list asked of the store. */
const asked: RowQuery[] = [];
let book = { pack, dataTypes, checks };

beforeAll(async () => {
  await builtPage();
  browser = await launch();
});
afterAll(() => browser.close());

beforeEach(async () => {
  book = { pack, dataTypes, checks };
  persona = fakePersona();
  retention = fakeRetention(14);
  asked.length = 0;
  ({ audit, live, tab } = await showRide(browser, (ride) => {
    ride.others.push(earlier(ride));
    return {
      ...tester,
      persona,
      retention,
      store: {
        ...ride.store,
        exchangeRows(id, query) {
          asked.push(query);
          return ride.store.exchangeRows(id, query);
        },
      },
      rules: () => book,
      commands: {
        async reloadRules() {
          const { id, version } = book.pack;
          await ride.change({ reloads: { earlier: [{ pack: id, version, sha256: '0'.repeat(64), until: Date.now() }], refused: null } });
          return true;
        },
      },
      report: (id, format) => ({ body: id, mime: 'text/html', name: `report.${format}` }),
      selection: (id, only, format) => ({ body: `${id} ${only.size}`, mime: 'text/html', name: `part.${format}` }),
    };
  }));
});
afterEach(() => closeRide({ live, tab }));

const changes = () => audit.calls.flatMap((call) => (Array.isArray(call) && call[0] === 'change' ? [call[1] as SubjectPatch] : []));
const rows = () => tab.page.locator('.row[aria-rowindex]');

test('a filter by app, device and status suggests what occurs, is saved, and taken up after a reload', async () => {
  const { page } = tab;
  const all = await rows().count();
  await page.locator('.filter input').fill('device:');
  await page.locator('#suggestions li', { hasText: 'device:192.168.31.44' }).dispatchEvent('mousedown');
  await expect.poll(() => page.locator('.filter input').inputValue()).toContain('device:192.168.31.44');
  await expect.poll(() => rows().count()).toBe(all);
  await page.locator('.filter input').fill('status:404');
  await expect.poll(() => rows().count()).toBe(0);
  await page.locator('.filter input').fill('app:main type:imei');
  await expect.poll(() => rows().count()).toBe(2);
  await page.keyboard.press('Enter');
  await page.locator('.saved summary').click();
  await page.locator('.saved button', { hasText: '保存当前筛选' }).click();
  await page.locator('.saved-line').waitFor({ state: 'attached' });
  await page.goto(live.origin);
  await rows().first().waitFor();
  await page.locator('.saved summary').click();
  await page.locator('.saved-line .mono').click();
  await expect.poll(() => rows().count()).toBe(2);
});

test('only the filtered findings are exported, and the server is told which', async () => {
  const { page } = tab;
  await page.locator('.filter input').fill('type:imei ');
  await expect.poll(() => rows().count()).toBe(2);
  await page.locator('.header-tools .menu summary').click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.menu-item', { hasText: 'HTML' }).click()]);
  expect(download.suggestedFilename()).toBe('part.html');
  expect(readFileSync(await download.path(), 'utf8')).toBe('s-demo-1 2');
});

test('incident: an open menu outlived Escape, a press beside it and what opened over it', async () => {
  const { page } = tab;
  const menu = page.locator('.header-tools .menu[open]');
  const open = async () => {
    await page.locator('.header-tools .menu summary').click();
    await menu.waitFor();
  };
  await rows().first().click();
  await page.locator('.detail-tools').waitFor();
  await open();
  await page.keyboard.press('Escape');
  await expect.poll(() => menu.count()).toBe(0);
  expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
  // The detail was not closed with it.
  expect(await page.locator('.detail-tools').count()).toBe(1);
  await open();
  await page.locator('.answer-line').click();
  await expect.poll(() => menu.count()).toBe(0);
  await open();
  await page.keyboard.press('?');
  await page.locator('dialog[open]').waitFor();
  await expect.poll(() => menu.count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
});

test('from a finding to the rule it rests on, by a link that opens alone', async () => {
  const { page } = tab;
  await page.locator('.row', { hasText: 'IMEI' }).first().click();
  await page.locator('.issue .rule-link').first().click();
  await expect.poll(() => page.url()).toContain('rule=check.');
  await page.goBack();
  await page.locator('.why .rule-link', { hasText: '如何识别' }).click();
  const article = page.locator('.rules-page');
  await expect.poll(() => article.textContent()).toContain('不可变更标识');
  await page.goto(`${live.origin}/?view=rules&rule=category.ride_hailing`);
  await expect.poll(() => article.textContent()).toContain('乘车人出发地、到达地、位置信息、行踪轨迹');
  expect(await article.textContent()).toContain('网络预约出租汽车服务');
  await article.locator('.type-chip a', { hasText: '手机号码' }).click();
  await article.locator('button', { hasText: '本会话发现' }).click();
  await expect.poll(() => page.url()).toContain('type%3Aphone_number');
});

test('a finding is accepted with a reason: it stays, marked, until that is taken back', async () => {
  const { page } = tab;
  const before = await rows().count();
  await page.locator('.row', { hasText: 'IMEI' }).first().click();
  await page.locator('.detail-tools button', { hasText: '接受' }).click();
  await page.locator('.acceptance textarea').fill('已取得<b>单独</b>同意');
  await page.locator('.acceptance button[type=submit]').click();
  await expect.poll(() => page.locator('.acceptance').textContent()).toContain('已取得<b>单独</b>同意');
  await expect.poll(() => audit.session().subject.accepted).toMatchObject([{ reason: '已取得<b>单独</b>同意' }]);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.row .tag', { hasText: '已接受' }).count()).toBe(1);
  await expect.poll(() => rows().count()).toBe(before);
  await page.locator('.row', { hasText: '已接受' }).click();
  await page.locator('.acceptance button', { hasText: '撤回' }).click();
  await expect.poll(() => audit.session().subject.accepted).toEqual([]);
});

test('a muted host leaves the list, not the counts, and comes back', async () => {
  const { page } = tab;
  const total = await page.locator('.tile.tone-beyond_necessary .tile-number').textContent();
  await page.locator('.row', { hasText: 'adwave' }).first().click();
  await page.locator('.detail-tools button', { hasText: '隐藏此主机' }).click();
  await expect.poll(() => page.locator('.row', { hasText: 'adwave' }).count()).toBe(0);
  expect(await page.locator('.tile.tone-beyond_necessary .tile-number').textContent()).toBe(total);
  await page.reload();
  await page.locator('.muted button', { hasText: 'adwave' }).click();
  await expect.poll(() => page.locator('.row', { hasText: 'adwave' }).count()).toBeGreaterThan(0);
});

test('the refusal test keeps each answer with its question and note', async () => {
  const { page } = tab;
  await page.locator('.tabs button', { hasText: '核对' }).click();
  const first = page.locator('.refusal').first();
  await first.locator('label', { hasText: '否' }).click();
  await expect.poll(() => audit.session().subject.refusal?.[0]?.answer).toBe('no');
  await first.locator('.field').fill('退出应用');
  await first.locator('.field').blur();
  await expect.poll(() => audit.session().subject.refusal?.[0]?.note).toBe('退出应用');
  expect(audit.session().subject.refusal?.map(({ id, answer }) => [id, answer])).toEqual([
    ['basic_works', 'no'],
    ['asked_again', 'not_tested'],
  ]);
  await expect.poll(() => page.locator('.persona').textContent()).toContain('139****0000');
});

test('the declared inventory is saved line by line, and a type the rules do not know is refused', async () => {
  const { page } = tab;
  await page.goto(`${live.origin}/?view=checklist`);
  const cells = page.locator('.table-box .field');
  await cells.nth(0).fill('imei_number');
  const save = page.locator('button', { hasText: '保存并重新判定' });
  await expect.poll(() => save.isDisabled()).toBe(true);
  // As the privacy policy writes it.
  await cells.nth(0).fill('国际移动设备识别码 IMEI');
  await cells.nth(1).fill('安全风控');
  await cells.nth(2).fill('adwave.example');
  await save.click();
  await expect.poll(() => changes().at(-1)?.declared).toEqual([{ dataType: 'imei', purpose: '安全风控', receiver: 'adwave.example' }]);
  await page.locator('button', { hasText: '撤掉清单' }).click();
  await expect.poll(() => changes().at(-1)?.declared).toBeNull();
});

test('incident: on a phone the inventory had no place for receivers, and took every line for one to anybody', async () => {
  const { page } = tab;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${live.origin}/?view=checklist`);
  const line = page.locator('.declared-table tbody tr').first();
  await line.locator('td').nth(0).locator('input').fill('imei');
  await line.locator('td').nth(1).locator('input').fill('风控');
  await line.locator('td').nth(2).locator('input').fill('own.example');
  for (const field of await page.locator('.declared-table :is(input, button)').all()) {
    const box = (await field.boundingBox())!;
    expect(box.x + box.width).toBeLessThan(390);
  }
  await page.locator('.card', { hasText: '隐私政策声明清单' }).locator('.button-main').click();
  await expect.poll(changes).toContainEqual({ declared: [{ dataType: 'imei', purpose: '风控', receiver: 'own.example' }] });
  await page.locator('.declared-table tbody button').first().click();
  // A line with a receiver alone is not left out without a word.
  await page.locator('.card button', { hasText: '加一行' }).click();
  await page.locator('.declared-table tbody tr').last().locator('td').nth(2).locator('input').fill('other.example');
  await page.locator('.card .warn', { hasText: '规则中没有这些类型' }).waitFor();
});

test('incident: / with a detail over the filter focused nothing, and the letters behind it did what keys do', async () => {
  const { page } = tab;
  await page.setViewportSize({ width: 390, height: 844 });
  await rows().first().click();
  await page.locator('.detail-tools').waitFor();
  await page.keyboard.press('/');
  await expect.poll(() => page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe('筛选');
});

test("the app's own domains are added, offered from what was seen, and taken away", async () => {
  const { page } = tab;
  await page.goto(`${live.origin}/?view=checklist`);
  const card = page.locator('.own-domains');
  await card.locator('button', { hasText: 'xinglu.example' }).waitFor();
  const add = card.getByRole('button', { name: '添加', exact: true });
  await card.locator('.field').fill('https://shop.example/');
  await expect.poll(() => add.isDisabled()).toBe(true);
  await card.locator('.field').fill('*.Shop.example');
  await add.click();
  await expect.poll(() => changes().at(-1)?.firstPartyDomains).toEqual(['xinglu.example', 'shop.example']);
  // Learned from the session: a receiver that nobody knows is offered, never taken for the app's own by itself.
  await card.getByRole('button', { name: '添加 unknown-cdn.example' }).click();
  await expect.poll(() => changes().at(-1)?.firstPartyDomains).toEqual(['xinglu.example', 'shop.example', 'unknown-cdn.example']);
  await card.getByRole('button', { name: '移除 unknown-cdn.example' }).waitFor();
  // Faster than any answer: the second change must not bring back what the first took away.
  await page.evaluate(
    `for (const name of ['unknown-cdn.example', 'shop.example']) document.querySelector('[aria-label="移除 ' + name + '"]').click()`,
  );
  await expect.poll(() => changes().at(-1)?.firstPartyDomains).toEqual(['xinglu.example']);
});

test('rules that were refused are shown with file and line until they are read again; other rules are shown at once', async () => {
  const { page } = tab;
  const refused = { at: 1, message: 'house/pack.yaml:5: colour: unknown key', next: 'Mend that line.' };
  await audit.change({ reloads: { earlier: [], refused } });
  const banner = page.locator('.banner', { hasText: 'house/pack.yaml:5: colour' });
  await banner.waitFor();
  expect(await banner.textContent()).toContain('仍按原来的规则判定');
  const version = book.pack.version;
  book = { ...book, pack: { ...book.pack, categories: book.pack.categories.slice(0, 1) } };
  await banner.locator('button', { hasText: '重新读取' }).click();
  await expect.poll(() => banner.count()).toBe(0);
  await page.locator('.tabs button', { hasText: '规则' }).click();
  await expect.poll(() => page.locator('.rules-list li').count()).toBe(1);
  expect(audit.session().subject.reloads?.earlier[0]?.version).toBe(version);
});

test('two sessions side by side, and the two halves of one', async () => {
  const { page } = tab;
  await page.locator('.tabs button', { hasText: '会话' }).click();
  await page.locator('.compare select').nth(0).selectOption('old');
  await page.locator('.compare select').nth(1).selectOption('s-demo-1');
  await expect.poll(() => page.locator('.diff').textContent()).toContain('old.example');
  expect(await page.locator('.diff-caveats').textContent()).toContain('之前: 没有流量');
  await expect.poll(() => page.url()).toContain('compare=old..s-demo-1');
  await page.locator('.compare button', { hasText: '同意前 / 同意后' }).click();
  await expect.poll(() => page.locator('.diff h3').first().textContent()).toContain('仅在同意前');
  await expect.poll(() => page.locator('.diff li').count()).toBeGreaterThan(0);
});

test('settings change language and appearance', async () => {
  const { page } = tab;
  await page.locator('button[aria-label="设置"]').click();
  await page.locator('.retention').waitFor();
  await expect.poll(() => page.locator('.retention input').inputValue()).toBe('14');
  await page.locator('.settings select').nth(0).selectOption('en');
  await page.locator('.settings select').nth(1).selectOption('dark');
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
  await expect.poll(() => page.locator('.retention').textContent()).toContain('Counted from when');
});

test('how long sessions are kept is set here, and what is older goes after two presses', async () => {
  const { page } = tab;
  await page.locator('button[aria-label="设置"]').click();
  await page.locator('.retention input').fill('0');
  const save = page.locator('.retention form button');
  await expect.poll(() => page.locator('.retention').textContent()).toContain('1 到 3650');
  expect(await save.isDisabled()).toBe(true);
  await page.locator('.retention input').fill('9');
  await page.keyboard.press('Enter');
  await expect.poll(() => retention.days()).toBe(9);
  // The page has the answer, too: what is set is what is typed.
  await expect.poll(() => save.isDisabled()).toBe(true);
  const purge = page.locator('.retention > button');
  await expect.poll(() => purge.textContent()).toBe('删除已到期的 2 个会话');
  await purge.click();
  await expect.poll(() => purge.textContent()).toBe('确认永久删除 2 个会话');
  await purge.click();
  await expect.poll(() => page.locator('.retention').textContent()).toContain('没有到期的会话');
});

test('who looked at clear values is listed with the session, and leads to the request', async () => {
  const { page } = tab;
  await page.locator('.row', { hasText: 'IMEI' }).first().click();
  await page.locator('.code').first().waitFor();
  await page.keyboard.down('m');
  await page.locator('.reveal-on').waitFor();
  await expect.poll(() => audit.reveals.length).toBeGreaterThan(0);
  await page.keyboard.up('m');
  await page.locator('.tabs button', { hasText: '核对' }).click();
  await expect.poll(() => page.locator('.reveals li').first().textContent()).toMatch(/page 127\.0\.0\.1#\d+.*IMEI/);
  await page.locator('.reveals li .link').first().click();
  await page.locator('.detail-single .code').first().waitFor();
});

test('known values are put in, changed and taken out; they go in and stay masked', async () => {
  const { page } = tab;
  await page.locator('.tabs button', { hasText: '核对' }).click();
  const lines = page.locator('.persona li');
  await expect.poll(() => lines.count()).toBe(3);
  await expect.poll(() => lines.first().textContent()).toContain('139****0000');
  const save = page.locator('button', { hasText: /^保存$/ });
  await expect.poll(() => save.isDisabled()).toBe(true);
  await lines.nth(1).locator('button[aria-label="删除第 2 行"]').click();
  await expect.poll(() => lines.count()).toBe(2);
  await lines.nth(1).locator('button', { hasText: '改' }).click();
  await lines.nth(1).locator('.persona-value input').fill('001012345678936');
  await page.locator('button', { hasText: '加一个值' }).click();
  await lines.nth(2).locator('.persona-type input').fill('no_such');
  await lines.nth(2).locator('.persona-value input').fill('9f3c1a7e-x');
  await expect.poll(() => save.isDisabled()).toBe(true);
  await lines.nth(2).locator('.persona-type input').fill('oaid');
  await save.click();
  await expect
    .poll(() => [...persona.values])
    .toEqual([
      ['phone_number', ['13900000000']],
      ['imei', ['001012345678936']],
      ['oaid', ['9f3c1a7e-x']],
    ]);
  await expect.poll(() => lines.nth(2).textContent()).toContain('9f3****');
  expect(await page.content()).not.toMatch(/001012345678936|9f3c1a7e-x/);
});

test('a session that is over is judged again on demand, and the outcome is said', async () => {
  const { page } = tab;
  await page.goto(`${live.origin}/?session=old&view=checklist`);
  await page.locator('button', { hasText: '重新判定这个会话' }).click();
  await expect.poll(() => page.locator('.work [role=status]').textContent()).toContain('此前的判定存为第 1 份');
});

test('what was changed in the middle is said while the session runs, and read again with one click once it is over', async () => {
  const { page } = tab;
  const banner = page.locator('.banner');
  await audit.change({ reloads: { earlier: [{ pack: 'p', version: '1', sha256: '0'.repeat(64), until: 1 }], refused: null } });
  await expect.poll(() => banner.allTextContents()).toEqual([expect.stringMatching(/规则换过.*从现在起生效/)]);
  const old = audit.others[0]!;
  const late = { ...old.session, subject: { ...old.session.subject, knownSince: { at: 1, exchanges: 12 } } };
  audit.others[0] = { ...old, session: late };
  await page.goto(`${live.origin}/?session=old`);
  await expect.poll(() => banner.textContent()).toContain('此前的 12 次请求是按原来的值查找的');
  await page.route('**/rejudge', async (route) => {
    audit.others[0] = old;
    await route.continue();
  });
  await banner.locator('button', { hasText: '重新判定' }).click();
  await expect.poll(() => banner.textContent()).toContain('此前的判定存为第 1 份');
  await banner.locator('button').click();
  await expect.poll(() => banner.count()).toBe(0);
});

test('plain words in the filter line search the bodies, and the request list follows the same line', async () => {
  const { page } = tab;
  await page.locator('.filter input').fill('cold_start');
  await expect.poll(() => rows().count()).toBe(4);
  await expect.poll(() => page.url()).toContain('q=cold_start');
  await page.locator('.filter input').fill('type:imei');
  await expect.poll(() => rows().count()).toBe(2);
  await page.locator('.tabs button', { hasText: '请求' }).click();
  await expect.poll(() => asked.at(-1)?.findings?.length).toBe(2);
  await page.locator('.filter input').fill('-host:adwave status:4xx 手机号');
  await expect
    .poll(() => asked.at(-1)?.terms)
    .toEqual([
      { field: 'host', value: 'adwave', negated: true },
      { field: 'status', value: '4', negated: false },
      { field: 'text', value: '手机号', negated: false },
    ]);
  audit.depth = 0;
  await page.locator('.filter input').fill('手机号码');
  await page.locator('.list-tools .warn', { hasText: '旧版本' }).waitFor();
  await page.reload();
  await page.locator('.list-tools .warn', { hasText: '旧版本' }).waitFor();
});

test('an accepted finding is marked wherever it is listed, and can be filtered', async () => {
  const { page } = tab;
  const id = [...audit.found.values()].find(({ dataType, party }) => dataType === 'imei' && party.host.includes('adwave'))?.id ?? '';
  await audit.change({ accepted: [{ finding: id, reason: '已取得单独同意', at: 1 }] });
  const marks = page.locator('.tag[title="已接受： 已取得单独同意"]');
  await expect.poll(() => marks.count()).toBe(1);
  for (const tabName of ['矩阵', '接收方']) {
    await page.locator('.tabs button', { hasText: tabName }).click();
    await expect.poll(() => marks.count(), { message: tabName }).toBe(1);
  }
  await page.goto(`${live.origin}/?view=requests&exchange=5`);
  await expect.poll(() => marks.count()).toBe(1);
  await page.goto(`${live.origin}/?q=accepted%3Ayes`);
  await expect.poll(() => rows().count()).toBe(1);
});
