import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { Category, Pack } from '../../src/model/rulebook.js';
import { openFolders } from '../../src/rulebook/folder.js';
import { findPacks, loadPack } from '../../src/rulebook/pack-source.js';
import { makeFolder, makeTiny, REAL_RULES, removeFolders, ruleErrorOf, TINY } from './rules-folder.js';

afterEach(removeFolders);

const pack = (id: string, roots: readonly string[] = [REAL_RULES]): Pack => loadPack(findPacks(openFolders(roots)), id).pack;
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/**
 * Digest over number, id, official name, basic function, and each item's official text, data types and conditions, taken from the
 * verified transcript of the text (not from the rule files); and the number of items.
 */
const GOLDEN: ReadonlyArray<readonly [id: string, digest: string, items: number]> = [
  ['map_navigation', '8a0fec38d659b2e2', 1],
  ['ride_hailing', 'c8e3ded636394d0d', 3],
  ['instant_messaging', 'b196f535a662ae6c', 2],
  ['online_community', '97d4027450d200f2', 1],
  ['online_payment', '822fe515a31c6587', 2],
  ['online_shopping', 'd3df81537b2b871f', 3],
  ['food_delivery', '20d4abc113e6c995', 3],
  ['mail_express_delivery', '47d4e999401352af', 4],
  ['transport_ticketing', '8c6b7f2474da7175', 4],
  ['dating', '17d7086558d06235', 2],
  ['job_recruitment', 'c57d71973c5bda34', 2],
  ['online_lending', '8beb79a2fdc1f1a2', 2],
  ['housing', '73515dbb552147c6', 2],
  ['used_car', '1a8218596f96dd22', 3],
  ['medical_consultation', 'ebca22c89d0142c6', 3],
  ['travel_services', '30320468ddc651db', 3],
  ['hotel_services', '432e6628f4e4ad59', 2],
  ['online_game', 'f96cd2cad7f89ac3', 1],
  ['learning_education', '1cafb26e436bd1a1', 1],
  ['local_life', '1b56c8d100bc863b', 1],
  ['womens_health', 'cb6e54cf378a697d', 0],
  ['vehicle_services', '6769ee67af07a538', 4],
  ['investment', '8c7e7761f1901ae9', 3],
  ['mobile_banking', 'fb2a21486057e094', 3],
  ['email_cloud', '4503af95ee861d9d', 1],
  ['remote_meeting', '13c1e1e0fb644cad', 1],
  ['live_streaming', 'c941ea17e2dce832', 0],
  ['online_av', '61bdfdfd05f0a80d', 0],
  ['short_video', 'dcbce6b84e8da755', 0],
  ['news', 'f12daaf185554feb', 0],
  ['sports_fitness', '7b9610eb075a293d', 0],
  ['browser', 'a99ca5e9c0c441e7', 0],
  ['input_method', 'eb4acc947ce68f58', 0],
  ['security_management', 'd859b5cdf1d8502f', 0],
  ['ebook', '94c73c887bcf281d', 0],
  ['photo_beautification', '8d71df730764d676', 0],
  ['app_store', '4ad4fb9b106b0974', 0],
  ['utility_tools', '9ac0901ef9ce9521', 0],
  ['performance_ticketing', '6c758f8501f89ebd', 3],
];

function fingerprint(category: Category): string {
  return digest(
    [
      String(category.no),
      category.id,
      category.name.zh,
      category.basicFunction?.zh ?? '',
      ...(category.items ?? []).flatMap((item) => [
        item.text.zh,
        // How far its words reach is asked of the tester and is no part of the text.
        item.fields.filter((field) => item.fieldConditions[field]?.basis !== 'reading').join(','),
        item.condition?.text.zh ?? '',
        ...Object.entries(item.fieldConditions)
          .filter(([, { basis }]) => basis !== 'reading')
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .flatMap(([field, condition]) => [field, condition.text.zh]),
      ]),
    ].join('\n'),
  );
}

describe('the text in force', () => {
  const text = pack('cn-2021');

  test.each(GOLDEN)('%s stands character for character', (id, golden, items) => {
    const category = text.categories.find((one) => one.id === id);
    expect(category?.items).toHaveLength(items);
    expect(category && fingerprint(category)).toBe(golden);
  });

  test('39 categories with 60 items in all', () => {
    const equal = GOLDEN.filter(([id, golden]) => text.categories.some((one) => one.id === id && fingerprint(one) === golden));
    const items = equal.reduce((sum, [, , count]) => sum + count, 0);
    process.stdout.write(`official text: ${equal.length} categories, ${items} items stand character for character\n`);
    expect(text.categories.map((category) => category.no)).toEqual(Array.from({ length: 39 }, (_, index) => index + 1));
    expect(text.categories.flatMap((category) => category.items ?? [])).toHaveLength(60);
    expect(text.categories.every((category) => category.items !== null)).toBe(true);
  });

  test('exactly these 13 need no personal information', () => {
    expect(text.categories.filter((category) => category.noPersonalInfoNeeded).map((category) => category.name.zh)).toEqual([
      '女性健康类',
      '网络直播类',
      '在线影音类',
      '短视频类',
      '新闻资讯类',
      '运动健身类',
      '浏览器类',
      '输入法类',
      '安全管理类',
      '电子图书类',
      '拍摄美化类',
      '应用商店类',
      '实用工具类',
    ]);
  });

  test('articles 1 to 7, dates, number and issuers', () => {
    expect(digest(text.articles.flatMap((article) => (article.no === 5 ? [] : [`${article.no} ${article.text.zh}`])).join('\n'))).toBe(
      '430205295beb6d6a',
    );
    expect(text.articles.map((article) => article.no)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(text.articles[3]?.text.zh).toBe('App不得因为用户不同意提供非必要个人信息，而拒绝用户使用其基本功能服务。');
    expect(text).toMatchObject({
      title: { zh: '常见类型移动互联网应用程序必要个人信息范围规定' },
      documentNumber: '国信办秘字〔2021〕14号',
      dated: '2021-03-12',
      published: '2021-03-22',
      effective: '2021-05-01',
    });
    expect(text.issuers.map((issuer) => issuer.zh)).toEqual([
      '国家互联网信息办公室秘书局',
      '工业和信息化部办公厅',
      '公安部办公厅',
      '国家市场监督管理总局办公厅',
    ]);
  });

  test('item texts, as they read', () => {
    const items = (id: string) => text.categories.find((category) => category.id === id)?.items?.map((item) => item.text.zh);
    expect(items('map_navigation')).toEqual(['位置信息、出发地、到达地']);
    expect(items('ride_hailing')).toEqual([
      '注册用户移动电话号码',
      '乘车人出发地、到达地、位置信息、行踪轨迹',
      '支付时间、支付金额、支付渠道等支付信息',
    ]);
    expect(items('job_recruitment')).toEqual(['注册用户移动电话号码', '求职者提供的简历']);
    expect(items('transport_ticketing')?.[2]).toBe(
      '旅客出发地、目的地、出发时间、车次/船次/航班号、席别/舱位等级、座位号（如有）、车牌号及车牌颜色（ETC服务)',
    );
    expect(items('short_video')).toEqual([]);
  });
});

describe('the draft of 2020', () => {
  const draft = pack('cn-2020-draft');

  test('38 categories, 12 that needed none, never in force', () => {
    expect(draft.categories).toHaveLength(38);
    expect(draft.categories.filter((category) => category.noPersonalInfoNeeded)).toHaveLength(12);
    expect(draft.effective).toBeNull();
  });

  test('what could be verified stands exactly; the other 20 lists are unverified and say why', () => {
    const verified = draft.categories.filter((category) => category.items !== null);
    const parts = verified.map((category) =>
      [String(category.no), category.id, category.name.zh, ...(category.items ?? []).map((item) => item.text.zh)].join('\n'),
    );
    expect(verified).toHaveLength(18);
    expect(digest(parts.join('\n\n'))).toBe('5eadab0403bc0f55');
    for (const category of draft.categories) if (category.items === null) expect(category.note).toBeTruthy();
  });
});

describe('counts', () => {
  const headed = (header: string): string => makeTiny({ 'packs/tiny/pack.yaml': `${TINY['packs/tiny/pack.yaml']}${header}` });

  test('a pack may state how many categories its text has', () => {
    const dir = headed('counts: { categories: 3, noPersonalInfoNeeded: 1 }\n');
    expect(ruleErrorOf(() => pack('tiny', [dir]))).toMatchObject({
      file: `${dir}/packs/tiny/pack.yaml`,
      line: 13,
      key: 'counts.categories',
    });
    const none = headed('counts: { categories: 2, noPersonalInfoNeeded: 2 }\n');
    expect(ruleErrorOf(() => pack('tiny', [none])).key).toBe('counts.noPersonalInfoNeeded');
  });

  test('cn-2021 has 39 and 13 whatever its file says', () => {
    const files = Object.fromEntries(
      Object.entries(TINY).map(([name, text]) => [name.replace('packs/tiny', 'packs/cn-2021'), text.replace('id: tiny', 'id: cn-2021')]),
    );
    const dir = makeFolder({
      ...files,
      'packs/cn-2021/pack.yaml': `${files['packs/cn-2021/pack.yaml']}counts: { categories: 2, noPersonalInfoNeeded: 1 }\n`,
    });
    expect(ruleErrorOf(() => pack('cn-2021', [dir])).message).toContain('the text has 39 categories; 2 files were found');
  });

  test('numbers without a gap', () => {
    const files: Record<string, string> = { ...TINY };
    delete files['packs/tiny/categories/01-chat.yaml'];
    expect(ruleErrorOf(() => pack('tiny', [makeFolder(files)]))).toMatchObject({ key: 'no', line: 2 });
  });
});

test("another country's text goes by its own numbers", () => {
  expect(pack('tiny', [makeTiny()]).categories.map((category) => category.policy)).toEqual([
    { pack: 'tiny', removed: null },
    { pack: 'tiny', removed: null },
  ]);
});
