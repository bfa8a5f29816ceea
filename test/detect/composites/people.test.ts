import { describe, expect, it } from 'vitest';
import { sure } from './lists.js';

describe('people', () => {
  it('reads a contact book as one list', () => {
    expect(
      sure({
        contacts: [
          { name: '张小明', phone: '13912345678' },
          { name: 'Ma', phone: '13912345679' },
        ],
      }),
    ).toEqual([['contacts', 'strong', 'body.$.contacts']]);
    expect(
      sure({
        rows: [
          { displayName: '甲', mobile: '13912345678' },
          { displayName: '乙', mobile: '13912345679' },
        ],
      })[0],
    ).toEqual(['contacts', 'probable', 'body.$.rows']);
  });

  it('takes shops, hotels and branches for no contacts (shops_as_contacts)', () => {
    const shop = { name: '老面馆', phone: '13912345678', lat: 31.2304, lng: 121.4737 };
    const types = (body: object) => sure(body).map(([dataType]) => dataType);
    expect(types({ list: [shop, { ...shop, name: '海底捞', phone: '13912345679' }] })).not.toContain('contacts');
    expect(
      types({
        list: [
          { name: '支行', tel: '010-88881234' },
          { name: '分行', tel: '010-88881235' },
        ],
      }),
    ).not.toContain('contacts');
    expect(
      types({
        rows: [
          { title: '朗逸', name: '二手车', phone: '13912345678', price: 7.98 },
          { name: '朗逸', phone: '13912345679', price: 8 },
        ],
      }),
    ).not.toContain('contacts');
    // What is called a contact book is one, landlines and all.
    expect(
      types({
        contacts: [
          { name: '爸', tel: '010-88881234' },
          { name: '妈', tel: '010-88881235' },
        ],
      }),
    ).toEqual(['contacts']);
  });

  // Incident: a batch of events, each with the name and number of whoever was signed in, was called an address book.
  it('takes the same person in every event for no address book', () => {
    const event = { event: 'page_view', name: '张小明', phone: '13912345678' };
    expect(sure({ events: [event, { ...event, event: 'click' }] }).map(([dataType]) => dataType)).not.toContain('contacts');
    expect(sure({ events: [event, { ...event, phone: '13912345679' }] }).map(([dataType]) => dataType)).toContain('contacts');
  });

  it('reads texts that only services sent', () => {
    const text = { address: '95588', body: '您尾号1234的卡消费88元', date: 1763784012345 };
    expect(sure({ smsInbox: [text] })).toEqual([['sms', 'probable', 'body.$.smsInbox']]);
    expect(sure({ smsRecords: [{ sender: '106900001', content: '验证码482913', time: '2026-11-20 10:00:00' }] })[0]?.[0]).toBe('sms');
    // Elsewhere five digits are no number of anybody.
    expect(sure({ rows: [text, text] })).toEqual([]);
  });

  it('short_code_sender, misspelt_content: texts from short codes and named senders, where the list says that they are texts', () => {
    const text = (sms_telephone: string) => ({ id: 1, sms_telephone, sms_centent: 'your code is 482913', sms_date: '2026-02-07 16:05:38' });
    expect(sure({ USER_SMS: [text('58123'), text('58124')] })).toEqual([['sms', 'strong', 'body.$.USER_SMS']]);
    expect(sure({ sms_list: [text('JD-EXBANK')] })).toEqual([['sms', 'probable', 'body.$.sms_list']]);
    expect(sure({ rows: [text('58123'), text('58124')] })).toEqual([]);
    // Templates and settings have no sender, or no moment.
    expect(sure({ smsList: [{ name: 'login', content: '验证码为 {code}', time: '2026-02-07' }] })).toEqual([]);
    expect(sure({ smsList: [{ phone: '58123', content: 'hello' }] })).toEqual([]);
  });

  it('reads a book of objects for transfer, which may hold one entry', () => {
    expect(sure({ addressBookDTOList: [{ addressBookPhoneNo: '13912345678', addressBookName: '张小明' }] })).toEqual([
      ['contacts', 'probable', 'body.$.addressBookDTOList'],
    ]);
    expect(sure({ addressDTOList: [{ phoneNo: '13912345678', name: '张小明' }] }).map(([dataType]) => dataType)).not.toContain('contacts');
  });

  it('reads names and numbers in pinyin', () => {
    const rows = [
      { xm: '张小明', sjh: '13912345678' },
      { xm: '马一', sjh: '13912345679' },
    ];
    expect(sure({ tongxunlu: rows })).toEqual([['contacts', 'strong', 'body.$.tongxunlu']]);
  });

  it('reads numbers one level deeper', () => {
    expect(
      sure({
        contacts: [
          { name: '甲', phones: [{ number: '13912345678' }] },
          { name: '乙', phones: [{ number: '13912345679' }] },
        ],
      }).map(([dataType]) => dataType),
    ).toContain('contacts');
  });

  it('tells calls from messages', () => {
    expect(sure({ callLog: [{ number: '13912345678', date: 1_700_000_000_000, duration: 62 }] })[0]?.[0]).toBe('call_log');
    expect(sure({ smsList: [{ address: '13912345678', body: '明天见', date: 1_700_000_000_000 }] })[0]?.[0]).toBe('sms');
  });

  it('does not make a contact book of one consignee or of shops', () => {
    expect(sure({ addresses: [{ name: '张小明', mobile: '13912345678' }] }).map(([dataType]) => dataType)).not.toContain('contacts');
    expect(
      sure({
        shops: [
          { name: '甲', phone: '400-810-0000' },
          { name: '乙', phone: '400-810-0001' },
        ],
      }),
    ).toEqual([]);
  });

  it('takes the reviews of a place for no text messages (reviews_as_sms)', () => {
    const place = (number: string) => ({ phone: number, name: 'Sydney', reviews: [{ text: 'Lovely place', time: 1_700_000_000 }] });
    const types = (body: object) => sure(body).map(([dataType]) => dataType);
    expect(types({ results: [place('+61 2 9374 4000'), place('+61 2 9374 4001')] })).not.toContain('sms');
    const text = (number: string) => ({ address: number, body: 'Lovely place', date: 1_700_000_000 });
    expect(types({ rows: [text('13912345678'), text('13912345679')] })).toContain('sms');
  });

  it('incident: two applicants for a loan were told as an address book, and their numbers of identity not at all', () => {
    const applicants = [
      { person_name: '范例甲', mobile_no: '13912345678', cert_no: '11010119900307803X' },
      { person_name: '范例乙', mobile_no: '13912345679', cert_no: '110101199003078314' },
    ];
    const types = (body: object) => sure(body).map(([dataType]) => dataType);
    expect(types({ events: applicants })).not.toContain('contacts');
    expect(types({ events: applicants })).toEqual(expect.arrayContaining(['id_number', 'phone_number']));
    expect(types({ events: applicants.map((person) => ({ ...person, cert_no: '' })) })).toContain('contacts');
  });

  it('incident: two people whom a loan has its user name were told as the address book of the phone', () => {
    const people = [
      { name: '范例甲', mobile: '13912345678' },
      { name: '范例乙', mobile: '13912345679' },
    ];
    const related = people.map((person, index) => ({ ...person, relation: ['父亲', '朋友'][index] }));
    expect(sure({ contacts: related })).toEqual([['family_relation', 'probable', 'body.$.contacts']]);
    expect(sure({ emergencyContacts: people })).toEqual([['family_relation', 'probable', 'body.$.emergencyContacts']]);
    // A relation of one entry, one that nobody filled in, and more than anybody is asked for.
    expect(sure({ contacts: [related[0], people[1]] }).map(([type]) => type)).toContain('contacts');
    expect(sure({ contacts: people.map((person) => ({ ...person, relation: '' })) })).toEqual([['contacts', 'strong', 'body.$.contacts']]);
    const many = Array.from({ length: 11 }, (_, index) => ({ name: '范例丙', mobile: `139123456${10 + index}`, relation: '1' }));
    expect(sure({ contacts: many }).map(([type]) => type)).toEqual(['contacts']);
  });
});
