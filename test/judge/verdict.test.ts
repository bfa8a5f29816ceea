import { describe, expect, test } from 'vitest';
import { SEEN_NOTHING } from '../../src/judge/allowance.js';
import { type Question, rule } from '../../src/judge/verdict.js';
import type { Category, Pack } from '../../src/model/rulebook.js';
import { dataType, families, judgedOne, pack, rulebook } from './case.js';

const TYPES = new Map(rulebook.dataTypes.map((type) => [type.id, type]));
const category = (id: string): Category => pack.categories.find((one) => one.id === id) as Category;
const ask = (type: string, ids: readonly string[], more: Partial<Question> = {}) =>
  rule({ dataType: dataType(type), dataTypes: TYPES, families, pack, categories: ids.map(category), context: {}, ...more });

test('necessary: the item is quoted and numbered', () => {
  expect(ask('payment_amount', ['online_shopping'])).toEqual({
    verdict: 'necessary',
    reason: {
      zh: '「支付金额」列于「网上购物类」的必要个人信息（第五条第（六）项：“支付时间、支付金额、支付渠道等支付信息”）。',
      en: '"payment amount" is on the list of "Online shopping" (art. 5(6): "Payment information such as payment time, amount and channel").',
      article: '5(6)',
    },
  });
});

test('beyond necessary in a category that needs nothing says that', () => {
  const { verdict, reason } = ask('phone_number', ['short_video']);
  expect([verdict, reason.article]).toEqual(['beyond_necessary', '4, 5(29)']);
  expect(reason.zh).toContain('短视频类无须个人信息，即可使用基本功能服务');
});

test('beyond necessary: what a reader has to check of such data first is part of the reason, and of no other verdict', () => {
  const caution = { zh: '须核对：可能是所选的城市。', en: 'To be checked: it may be the city chosen.' };
  const city = { ...dataType('location_coarse'), caution };
  expect(ask('location_coarse', ['news'], { dataType: city }).reason.zh).toContain(caution.zh);
  expect(ask('location_coarse', ['news'], { dataType: city }).reason.en).toContain(caution.en);
  expect(ask('location_coarse', ['map_navigation'], { dataType: city }).reason.zh).not.toContain(caution.zh);
});

test('conditional: every unanswered condition is named, answered ones are not asked again', () => {
  const { reason } = ask('id_number', ['medical_consultation', 'vehicle_services']);
  expect(reason).toMatchObject({ article: '5(15), 5(22)' });
  expect(reason.zh).toContain('（appointment_registration_only）');
  expect(reason.zh).toContain('（shared_or_rental_car_only）');
  expect(ask('license_plate', ['transport_ticketing']).reason.zh).toContain('“ETC服务”（etc_service_only）');
  expect(ask('license_plate', ['transport_ticketing'], { context: { etc_service_only: true } }).reason.zh).toContain('测试者已确认成立');
  expect(ask('license_plate', ['transport_ticketing'], { context: { etc_service_only: false } }).reason.zh).toContain('测试者已回答不成立');
});

test('technical data is information, unless it is on the list', () => {
  expect(ask('user_agent', ['short_video'])).toMatchObject({ verdict: 'technical', reason: { article: '3' } });
  expect(ask('payment_amount', ['online_shopping'], { dataType: { ...dataType('payment_amount'), technical: true } }).verdict).toBe(
    'necessary',
  );
});

test('incident: the position that a ride needs, sent to an advertising network, was necessary without a word on what it was sent for', () => {
  const sentTo = (host: string) => judgedOne(['ride_hailing'], 'location_precise', { host });
  const ads = sentTo('x.ads.example');
  expect(ads.verdict).toBe('necessary');
  expect(ads.reason.zh).toContain('接收方用于广告，不是基本功能服务“网络预约出租汽车服务、巡游出租汽车电召服务”所需');
  expect(ads.reason.en).toContain('being on the list is no reason to send it there');
  for (const host of ['push.ads.example', 'api.own.example', 'x.unknown.example']) expect(sentTo(host).reason.zh).not.toContain('广告');
});

test('incident: a password or a code from a text message was called data that going online usually carries', () => {
  const code = ask('auth_token', ['online_shopping']);
  expect(code).toMatchObject({ verdict: 'technical', reason: { article: '3' } });
  expect(code.reason.zh).toContain('登录、核验身份时使用的凭据');
  expect(ask('user_agent', ['online_shopping']).reason.zh).toContain('联网和适配通常会带上的技术信息');
});

describe('data that is the service itself', () => {
  const own = {
    host: 'a',
    registrableDomain: null,
    company: null,
    sdk: null,
    purpose: 'first_party',
    firstParty: true,
    country: null,
    reason: { zh: '', en: '' },
  };

  test("a user id to the app's own server is information; to anybody else it is held against the list", () => {
    expect(ask('account_id', ['online_shopping'], { party: own }).verdict).toBe('technical');
    expect(ask('account_id', ['online_shopping'], { party: { ...own, firstParty: null } }).verdict).toBe('beyond_necessary');
    expect(ask('account_id', ['online_shopping'], { party: { ...own, firstParty: false } }).verdict).toBe('beyond_necessary');
    expect(ask('account_id', ['instant_messaging'], { party: own }).verdict).toBe('necessary');
  });

  test("incident: a WeChat number that a loan asked for passed as the OpenID of a login, a password with the carrier as the app's own", () => {
    const seen = { ...SEEN_NOTHING, beyondService: true };
    expect(ask('wechat_id', ['online_lending'], { party: own }).verdict).toBe('technical');
    expect(ask('wechat_id', ['online_lending'], { party: own, seen }).verdict).toBe('beyond_necessary');
    const unknown = ask('wechat_id', ['online_lending'], { party: { ...own, firstParty: null }, seen });
    expect(unknown.reason.zh).not.toContain('--first-party');
  });

  test('incident: what a keyboard or a browser uploaded of the passwords that pass through it was information', () => {
    const verdictOf = (id: string) => ask('password', [id], { party: own }).verdict;
    expect([verdictOf('online_shopping'), verdictOf('utility_tools')]).toEqual(['technical', 'technical']);
    expect([verdictOf('input_method'), verdictOf('browser')]).toEqual(['beyond_necessary', 'beyond_necessary']);
  });

  test("incident: how much somebody asks to borrow was held against the lender as the user's credit record", () => {
    const asked = (value: string, path = 'body.$.loanAmount') => judgedOne(['online_lending'], 'credit_record', { value, path }).verdict;
    expect([asked('20000'), asked('5000.00')]).toEqual(['technical', 'technical']);
    // A score, a report, what is owed elsewhere, and whatever goes to anybody else.
    expect([asked('731'), asked('A+'), asked('20000', 'body.$.existingLoan.loanAmount')]).toEqual(Array(3).fill('beyond_necessary'));
    expect(judgedOne(['online_lending'], 'credit_record', { value: '20000', host: 'x.ads.example' }).verdict).toBe('beyond_necessary');
    expect(judgedOne(['used_car'], 'credit_record', { value: '20000' }).verdict).toBe('beyond_necessary');
  });

  test('incident: what a service is made of was beyond necessary on its own servers: pictures in a chat, coins in a game, the plate of a rented car', () => {
    const verdictOf = (id: string, category: string) => ask(id, [category], { party: own }).verdict;
    for (const [id, category] of [
      ['photo_video', 'instant_messaging'],
      ['audio_recording', 'instant_messaging'],
      ['photo_video', 'email_cloud'],
      ['virtual_property', 'online_game'],
      ['license_plate', 'vehicle_services'],
      ['chat_content', 'medical_consultation'],
      ['trip_origin', 'mail_express_delivery'],
      ['trip_destination', 'mail_express_delivery'],
    ] as const) {
      expect([id, category, verdictOf(id, category)]).toEqual([id, category, 'technical']);
      expect(ask(id, [category], { party: { ...own, firstParty: false } }).verdict).toBe('beyond_necessary');
    }
    // The law says of these that they need nothing.
    expect([verdictOf('photo_video', 'photo_beautification'), verdictOf('virtual_property', 'live_streaming')]).toEqual([
      'beyond_necessary',
      'beyond_necessary',
    ]);
  });

  test('incident: a credit line, or a code to redeem, was the service itself where its key was Chinese', () => {
    const verdictOf = (category: string, id: string, value: string, key: string) =>
      judgedOne([category], id, { value, path: `body.$.${key}` }).verdict;
    expect(verdictOf('online_lending', 'credit_record', '50000', '贷款金额')).toBe('technical');
    expect(verdictOf('online_lending', 'credit_record', '50000', '授信额度')).toBe('beyond_necessary');
    expect(verdictOf('online_game', 'virtual_property', '1200', '金币')).toBe('technical');
    expect(verdictOf('online_game', 'virtual_property', 'ABCD-1234-EFGH', '兑换码')).toBe('beyond_necessary');
  });

  test('chat text only in the categories whose service it is', () => {
    expect(ask('chat_content', ['remote_meeting'], { party: own }).verdict).toBe('technical');
    expect(ask('chat_content', ['browser'], { party: own }).verdict).toBe('beyond_necessary');
  });
});

describe('what cannot be held against a list is not judged', () => {
  const unverified = { ...category('food_delivery'), items: null };

  test('a list that could not be verified', () => {
    expect(ask('imei', [], { categories: [unverified] })).toMatchObject({ verdict: 'not_judged', reason: { article: '5(7)' } });
  });

  test('beside a verified list that allows it, it does not matter', () => {
    expect(ask('payment_amount', [], { categories: [category('online_shopping'), unverified] }).verdict).toBe('necessary');
    expect(ask('imei', [], { categories: [category('online_shopping'), unverified] }).verdict).toBe('not_judged');
  });

  test('a text that never took effect', () => {
    const draft: Pack = { ...pack, id: 'cn-2020-draft', effective: null };
    expect(ask('imei', ['short_video'], { pack: draft })).toMatchObject({ verdict: 'not_judged', reason: { article: '5(29)' } });
  });
});

describe("a user's own pack is not the law", () => {
  test('what only the house takes off the list is beyond the house rule, by its number', () => {
    const tight = { ...category('online_shopping'), items: [], policy: { pack: 'house', removed: ['payment_amount'] } };
    const { verdict, reason } = ask('payment_amount', [], { categories: [tight] });
    expect([verdict, reason.article]).toEqual(['beyond_necessary', 'house(6)']);
    expect(reason.zh).toContain('正式规定的清单列有它；规则包 house 把它移出');
    expect(reason.zh).not.toContain('第四条');
    expect(ask('imei', [], { categories: [tight] }).reason.article).toBe('4, 5(6)');
  });

  test('incident: a condition of the house, and a type that stands for the one it took off, were cited as the law', () => {
    const official = category('online_shopping');
    const items = (official.items ?? []).map((item) =>
      item.fields.includes('payment_amount')
        ? { ...item, condition: { id: 'paid_here', text: { zh: '在此付款', en: 'paid here' } } }
        : item,
    );
    const conditioned = { ...official, items, policy: { pack: 'house', removed: [], narrowed: ['payment_amount'] } };
    const { verdict, reason } = ask('payment_amount', [], { categories: [conditioned], context: { paid_here: false } });
    expect([verdict, reason.article]).toEqual(['beyond_necessary', 'house(6)']);
    expect(reason.zh).toContain('条件是规则包 house 所加');
    expect(reason.zh).not.toContain('第四条');
    const tight = { ...official, items: [], policy: { pack: 'house', removed: ['phone_number'] } };
    expect(ask('bank_reserved_phone', [], { categories: [tight] }).reason.article).toBe('house(6)');
    // The words of an item are the house's own.
    expect(ask('phone_number', [], { categories: [conditioned] }).reason.zh).toContain('第五条第（六）项，经规则包 house 收紧：“');
  });

  test('a category that the house wrote has its own number', () => {
    const kiosk = { ...category('online_shopping'), no: 40, policy: { pack: 'house', removed: null } };
    expect(ask('imei', [], { categories: [kiosk] }).reason.article).toBe('house(40)');
    expect(ask('payment_amount', [], { categories: [kiosk] }).reason.article).toBe('house(40)');
  });
});

test('no verdict on any list uses the words of guilt', () => {
  for (const one of pack.categories)
    for (const type of rulebook.dataTypes) {
      const { reason } = ask(type.id, [one.id]);
      expect(`${reason.zh}${reason.en}`).not.toMatch(/违法|违规|非法|illegal|unlawful|violat/i);
      expect(reason.article).not.toBeNull();
    }
});
