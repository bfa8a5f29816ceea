import { describe, expect, test } from 'vitest';
import { checks, issueOf, judged, judgedOne, occurrence, pack, rulebook, verdictOf } from './case.js';

/** The 22 pitfalls of the regulation's fact file, one named test each. */
describe('pitfalls', () => {
  test('1: outside the list is not illegal: it needs consent and may be refused', () => {
    const { verdict, reason } = judgedOne(['online_game'], 'email');
    expect(verdict).toBe('beyond_necessary');
    expect(reason.article).toBe('4, 5(18)');
    expect(reason.zh).toContain('须征得用户同意，用户可以拒绝');
    expect(reason.en).toContain('the user may refuse');
    for (const text of [reason.zh, reason.en]) expect(text).not.toMatch(/违法|违规|illegal|unlawful|violat/i);
  });

  test('2: other rules prevail: the reason says so, and a tester may attach a legal basis', () => {
    expect(judgedOne(['online_game'], 'id_number').reason.zh).toContain(
      '法律、行政法规、部门规章和规范性文件另有规定的，依照其规定（第二条）',
    );
    const based = judgedOne(['online_game'], 'id_number', {}, { context: { legal_basis_id_number: true } });
    expect(based).toMatchObject({ verdict: 'not_judged', reason: { article: '2' } });
    expect(judgedOne(['online_game'], 'email', {}, { context: { legal_basis_id_number: true } }).verdict).toBe('beyond_necessary');
  });

  test('3: supply-side apps (driver, courier, merchant) are out of scope and said so', () => {
    const driver = judgedOne(['ride_hailing'], 'id_number', {}, { context: { supply_side: true } });
    expect(driver).toMatchObject({ verdict: 'not_judged', reason: { article: '3' } });
    expect(driver.reason.zh).toContain('消费侧');
  });

  test('4: several categories only by explicit choice, and the reason names the one that lists it', () => {
    expect(verdictOf('instant_messaging', 'payment_amount')).toBe('beyond_necessary');
    const both = judgedOne(['online_shopping', 'instant_messaging'], 'im_contact_list');
    expect(both).toMatchObject({ verdict: 'necessary', reason: { article: '5(3)' } });
    expect(both.reason.zh).toContain('即时通信类、网上购物类');
    expect(judgedOne(['online_shopping', 'instant_messaging'], 'face_feature').reason.article).toBe('4, 5(3), 5(6)');
    // Whichever of the two lists it, first or second in the text.
    expect(judgedOne(['online_shopping', 'instant_messaging'], 'payment_amount')).toMatchObject({
      verdict: 'necessary',
      reason: { article: '5(6)' },
    });
  });

  test.each([
    ['ride_hailing', 'payment_amount', 'online_booked_taxi_only'],
    ['transport_ticketing', 'license_plate', 'etc_service_only'],
    ['travel_services', 'email', 'email_as_contact'],
    ['hotel_services', 'email', 'email_as_contact'],
    ['used_car', 'license_plate', 'plate_as_vehicle_license_number'],
    ['medical_consultation', 'medical_appointment', 'appointment_registration_only'],
    ['medical_consultation', 'medical_condition', 'consultation_only'],
    ['vehicle_services', 'driver_license', 'shared_or_rental_car_only'],
    ['vehicle_services', 'location_precise', 'shared_bike_or_timeshare_car_only'],
    ['mobile_banking', 'bank_name', 'transfer_only'],
  ])('5: conditional items wait for an answer: %s, %s', (category, type, condition) => {
    const open = judgedOne([category], type);
    expect(open.verdict).toBe('conditional');
    expect(open.reason.zh).toContain(condition);
    expect(verdictOf(category, type, { [condition]: true })).toBe('necessary');
    expect(verdictOf(category, type, { [condition]: false })).toBe('beyond_necessary');
  });

  test('5: a seat number that was sent is one that there is: "if any" needs no answer, and the tester may still say otherwise', () => {
    for (const category of ['transport_ticketing', 'performance_ticketing']) {
      const sent = judgedOne([category], 'seat_number');
      expect(sent.verdict).toBe('necessary');
      expect(sent.reason.zh).toContain('该项以“如有”为条件；既已发送，条件即成立');
      expect(sent.reason.en).toContain('holds by its having been sent');
      expect(verdictOf(category, 'seat_number', { if_any: false })).toBe('beyond_necessary');
    }
  });

  test('5: contact details are not only a telephone: an e-mail address is asked about, where the text says 联系方式', () => {
    const mail = judgedOne(['hotel_services'], 'email');
    expect(mail.reason.zh).toContain('原文没有逐字写明这一类型，是否属于原文所指由测试者认定');
    // Shopping lists a contact phone: there the words leave nothing open.
    expect(verdictOf('online_shopping', 'email')).toBe('beyond_necessary');
  });

  test('incident: history and allergies told to a doctor were beyond necessary, though they may be part of the condition that the list has', () => {
    const history = judgedOne(['medical_consultation'], 'health_record');
    expect(history).toMatchObject({ verdict: 'conditional', reason: { article: '5(15)' } });
    expect(history.reason.zh).toContain('原文没有逐字写明这一类型');
    // Both have to be answered: that it is a consultation, and that this is part of what was told.
    expect(verdictOf('medical_consultation', 'health_record', { consultation_only: true })).toBe('conditional');
    expect(verdictOf('medical_consultation', 'health_record', { consultation_only: true, history_as_condition: true })).toBe('necessary');
    expect(verdictOf('medical_consultation', 'health_record', { history_as_condition: false })).toBe('beyond_necessary');
    expect(verdictOf('womens_health', 'health_record')).toBe('beyond_necessary');
  });

  test('incident: a plate was held against the seller of a used car, where the list has the number of the vehicle licence', () => {
    expect(judgedOne(['used_car'], 'license_plate').reason.zh).toContain('以车牌号（号牌号码）作为车辆行驶证号');
    expect(verdictOf('online_shopping', 'license_plate')).toBe('beyond_necessary');
  });

  test('5: a field that another item lists without a condition is necessary whatever the answer', () => {
    expect(verdictOf('mobile_banking', 'bank_card_number', { transfer_only: false })).toBe('necessary');
  });

  test.each([
    ['map navigation has no registered phone', 'map_navigation', 'phone_number'],
    ['travel has no payment', 'travel_services', 'payment_amount'],
    ['hotel has no payment', 'hotel_services', 'payment_amount'],
    ['hotel has no ID number', 'hotel_services', 'id_number'],
    ['housing has no name', 'housing', 'real_name'],
    ['used car has no payment', 'used_car', 'payment_amount'],
    ['payment has no ID image', 'online_payment', 'id_document_image'],
    ['lending has no ID image', 'online_lending', 'id_document_image'],
    ['account ID is for instant messaging only', 'online_shopping', 'account_id'],
    ['gender is for dating only', 'online_community', 'gender'],
    ['email apps list no e-mail address', 'email_cloud', 'email'],
    ['nobody lists a nickname', 'instant_messaging', 'nickname'],
    ['nobody lists a face', 'photo_beautification', 'face_feature'],
    ['nobody lists a device identifier', 'mobile_banking', 'imei'],
    ['games list no ID number', 'online_game', 'id_number'],
  ])('6: gaps in the lists: %s', (_, category, type) => {
    expect(verdictOf(category, type, {}, { host: 'unknown.test' })).toBe('beyond_necessary');
  });

  test('6: and what the lists do have: ID image for banks and investment, gender for dating, a track for ride-hailing only', () => {
    expect([verdictOf('mobile_banking', 'id_document_image'), verdictOf('investment', 'id_document_image')]).toEqual([
      'necessary',
      'necessary',
    ]);
    expect(verdictOf('dating', 'gender')).toBe('necessary');
    const lists = (type: string) =>
      pack.categories.filter((category) => category.items?.some((item) => item.fields.includes(type))).map((category) => category.id);
    expect(lists('location_track')).toEqual(['ride_hailing']);
    expect(lists('location_precise')).toEqual(['map_navigation', 'ride_hailing', 'vehicle_services']);
    expect(lists('account_id')).toEqual(['instant_messaging']);
  });

  test('7: roles that look alike on the wire satisfy one another, with that said', () => {
    const contact = judgedOne(['instant_messaging'], 'contact_phone');
    expect(contact.verdict).toBe('necessary');
    expect(contact.reason.zh).toContain('清单列的是「手机号码（注册用户）」，报文上无法与「联系电话」区分');
    expect(judgedOne(['mail_express_delivery'], 'phone_number').reason.zh).toContain('清单列的是「联系电话」');
    expect(judgedOne(['online_shopping'], 'phone_number').reason.zh).not.toContain('无法');
  });

  test('8: a place the user picks is not a GPS fix', () => {
    expect(verdictOf('transport_ticketing', 'trip_origin', {}, { value: '上海虹桥站' })).toBe('necessary');
    const fix = judgedOne(['transport_ticketing'], 'trip_origin', { value: '31.230416,121.473701' });
    expect(fix.verdict).toBe('beyond_necessary');
    expect(fix.reason.zh).toContain('属于设备定位');
    expect(verdictOf('ride_hailing', 'trip_origin', {}, { value: '31.230416,121.473701' })).toBe('necessary');
  });

  test('8: GPS in a photo is allowed nowhere except where location is', () => {
    expect(verdictOf('online_community', 'photo_exif_gps')).toBe('beyond_necessary');
    expect(verdictOf('map_navigation', 'photo_exif_gps')).toBe('necessary');
    expect(verdictOf('vehicle_services', 'photo_exif_gps')).toBe('conditional');
  });

  test('9: precise or coarse, where location is listed; to a third party it is a finding of its own; a track is not a point', () => {
    expect([verdictOf('map_navigation', 'location_precise'), verdictOf('map_navigation', 'location_coarse')]).toEqual([
      'necessary',
      'necessary',
    ]);
    expect(verdictOf('map_navigation', 'location_track')).toBe('beyond_necessary');
    const findings = judged(
      ['map_navigation'],
      [occurrence('location_precise'), occurrence('location_precise', { host: 'x.ads.example' })],
    );
    expect(findings).toHaveLength(2);
    const abroad = findings.find((finding) => finding.party.firstParty === false);
    expect(abroad && issueOf('third_party', abroad)).not.toBeNull();
    expect(abroad?.reason.zh).toContain('发给第三方是否合适另行判断');
  });

  test('10: payment information is time, amount and channel, not the card', () => {
    expect([verdictOf('online_shopping', 'payment_amount'), verdictOf('online_shopping', 'bank_card_number')]).toEqual([
      'necessary',
      'beyond_necessary',
    ]);
    expect(verdictOf('food_delivery', 'bank_card_number')).toBe('beyond_necessary');
    expect(verdictOf('transport_ticketing', 'bank_card_number')).toBe('beyond_necessary');
  });

  test('11: a résumé is a container: by endpoint, not by field', () => {
    const inside = { url: 'https://api.own.example/v1/resume/save', path: 'body.$.gender' };
    expect(verdictOf('job_recruitment', 'resume')).toBe('necessary');
    expect(judgedOne(['job_recruitment'], 'gender', inside)).toMatchObject({ verdict: 'necessary', reason: { article: '5(11)' } });
    expect(judgedOne(['job_recruitment'], 'gender')).toMatchObject({
      verdict: 'beyond_necessary',
      reason: { zh: expect.stringContaining('如确为其内容，须由人核对') },
    });
    expect(judgedOne(['job_recruitment'], 'imei').reason.zh).not.toContain('如确为其内容');
    const [mixed] = judged(['job_recruitment'], [occurrence('gender', inside), occurrence('gender', { exchange: 1 })]);
    expect(mixed?.verdict).toBe('beyond_necessary');
    expect(mixed?.reason.zh).toContain('也出现在其他请求中');
    expect(verdictOf('job_recruitment', 'imei', {}, inside)).toBe('beyond_necessary');
    // Incident: the city that somebody lives in, as every résumé has it, was held against the résumé that it stands in.
    expect(verdictOf('job_recruitment', 'location_coarse', {}, inside)).toBe('necessary');
    expect(verdictOf('job_recruitment', 'location_coarse')).toBe('beyond_necessary');
    expect(verdictOf('job_recruitment', 'location_precise', {}, inside)).toBe('beyond_necessary');
  });

  test('12: device identifiers are not all equal', () => {
    const grades = (type: string, host: string) => judgedOne(['news'], type, { host }).issues.map((issue) => issue.check);
    expect(grades('imei', 'x.ads.example')).toContain('immutable_id_to_third_party');
    expect(grades('imei', 'api.own.example')).not.toContain('immutable_id_to_third_party');
    expect(grades('oaid', 'x.ads.example')).toEqual(['third_party']);
    expect(checks.find((check) => check.id === 'immutable_id_to_third_party')?.severity).toBe('high');
    expect(judgedOne(['news'], 'user_agent', { host: 'x.ads.example' })).toMatchObject({ verdict: 'technical', issues: [] });
  });

  test('13: an IP address in a payload is information', () => {
    expect(judgedOne(['short_video'], 'ip_address')).toMatchObject({ verdict: 'technical', reason: { article: '3' } });
  });

  test('14: a digest is not anonymous', () => {
    const digest = judgedOne(['news'], 'phone_number', { form: 'md5', detector: 'digest' });
    expect(digest.verdict).toBe('beyond_necessary');
    expect(issueOf('weak_digest', digest)?.text.zh).toContain('摘要不是匿名化');
  });

  test('15: the frequency threshold is a setting and is printed', () => {
    const burst = Array.from({ length: 12 }, (_, index) => occurrence('location_precise', { exchange: index, at: index * 1000 }));
    const [finding] = judged(['news'], burst);
    expect(finding && issueOf('frequent', finding)?.text.zh).toMatch(/阈值：60 秒 10 次；法规未规定次数，阈值是设置/);
  });

  test('16: without marks, consent is not judged', () => {
    const checked = ['before_consent', 'after_refusal', 'background'];
    expect(judgedOne(['news'], 'imei').issues.filter((issue) => checked.includes(issue.check))).toEqual([]);
    for (const [scene, check] of [
      ['before_consent', 'before_consent'],
      ['refused', 'after_refusal'],
      ['background', 'background'],
    ] as const)
      expect(judgedOne(['news'], 'imei', { scene }).issues.map((issue) => issue.check)).toContain(check);
  });

  test('17: what could not be read is never clean', () => {
    const opaque = judgedOne(['news'], 'opaque_payload', { grade: 'opaque' });
    expect(opaque).toMatchObject({ verdict: 'not_judged', family: 'opaque', issues: [] });
    expect(opaque.reason.zh).toContain('不等于没有');
    expect(judged(['news'], [])).toEqual([]);
  });

  test('18: who is a third party is correctable, and a processor is thought of', () => {
    expect(judgedOne(['news'], 'imei', { host: 'somewhere.test' }).party.firstParty).toBeNull();
    const own = judgedOne(['news'], 'imei', { host: 'x.ads.example' }, { firstPartyDomains: ['ads.example'] });
    expect(own.party).toMatchObject({ firstParty: true, purpose: 'first_party' });
    expect(own.issues.map((issue) => issue.check)).not.toContain('third_party');
    expect(checks.find((check) => check.id === 'third_party')?.fineWhen.zh).toContain('第二十一条');
    expect(judgedOne(['news'], 'imei', { host: 'x.cdn.example' }).issues.map((issue) => issue.check)).not.toContain('third_party');
  });

  test('19: what only looks like it is not judged and raises nothing', () => {
    const candidate = judgedOne(['news'], 'imei', { grade: 'candidate', scene: 'before_consent', secure: false, host: 'x.ads.example' });
    expect(candidate).toMatchObject({ verdict: 'not_judged', grade: 'candidate', issues: [] });
    expect(candidate.reason.article).toBe('5(30)');
  });

  test('20: three standards side by side', () => {
    const text = issueOf('sensitive', judgedOne(['online_payment'], 'id_number'))?.text.zh;
    expect(text).toContain('个人信息保护法第二十八条：视情形；GB/T 35273-2020 附录B：是；GB/T 45574-2025：否');
    expect(issueOf('sensitive', judgedOne(['dating'], 'gender'))).toBeNull();
  });

  test('21: no finding holds a captured value', () => {
    const finding = judgedOne(['news'], 'phone_number', {
      value: '13900000000',
      path: 'body.$.13900000000',
      url: 'https://api.own.example/?p=13900000000',
      part: 'query',
    });
    expect(JSON.stringify(finding)).not.toContain('13900000000');
  });

  test('22: the official Chinese is what reasons quote', () => {
    for (const category of pack.categories)
      for (const item of category.items ?? []) {
        const type = item.fields[0] ?? '';
        const rules = {
          ...rulebook,
          dataTypes: [...rulebook.dataTypes.filter((one) => one.id !== type), { ...rulebook.dataTypes[0]!, id: type }],
        };
        const context = Object.fromEntries(
          [item.condition, ...Object.values(item.fieldConditions)].flatMap((condition) => (condition ? [[condition.id, true]] : [])),
        );
        const [finding] = judged([category.id], [occurrence(type, { host: 'unknown.test' })], { context }, {}, rules);
        const quotes = (category.items ?? []).filter((one) => one.fields.includes(type)).map((one) => one.text.zh);
        expect(
          quotes.some((quote) => finding?.reason.zh.includes(`“${quote}”`)),
          `${category.id} ${type}`,
        ).toBe(true);
      }
  });
});
