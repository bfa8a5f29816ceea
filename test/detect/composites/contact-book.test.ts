import { describe, expect, it } from 'vitest';
import { sure } from './lists.js';

describe('contact-book', () => {
  it.each([
    [{ contacts: { '13912345678': '张小明', '13812345679': '李小红' } }, 'strong', 'body.$.contacts'],
    [{ contacts: JSON.stringify({ '13912345678': '张小明' }) }, 'probable', 'body.$.contacts|json$'],
    [{ addressBook: { 张小明: '13912345678', 李小红: '13812345679' } }, 'strong', 'body.$.addressBook'],
    [{ contacts: { 张小明: ['13912345678'], 李小红: ['13812345679'] } }, 'strong', 'body.$.contacts'],
    [
      {
        contacts: [
          ['张小明', '13912345678'],
          ['李小红', '13812345679'],
        ],
      },
      'strong',
      'body.$.contacts',
    ],
    [{ contactList: '张小明:13912345678,李小红:13812345679' }, 'probable', 'body.$.contactList'],
    [{ phoneBook: ['13912345678', '13812345679', '13712345670'] }, 'strong', 'body.$.phoneBook'],
    [{ contacts: '13912345678,13812345679,13712345670' }, 'probable', 'body.$.contacts'],
  ])('incident: entries without names for their parts: %j', (body, grade, path) => {
    expect(sure(body)).toEqual([['contacts', grade, path]]);
  });

  it('takes no service, no identifiers, no single person and no other field', () => {
    for (const body of [
      { contacts: { '4008100000': '客服' } },
      { contacts: { '123456789': '张小明', '123456790': '李小红' } },
      { contacts: { '13912345678': '1', '13812345679': '0' } },
      { contacts: { 张小明: '13912345678' } },
      { contacts: ['张小明', '13912345678'] },
      { contacts: '手机 13912345678, 座机 021-55501234' },
      { contacts: 'please call us from nine to five at the office' },
      { contacts: ['13912345678', '13812345679'] },
      { price: { '13912345678': '张小明', '13812345679': '李小红' } },
      { rows: ['13912345678', '13812345679', '13712345670'] },
    ])
      expect(
        sure(body).filter(([dataType]) => dataType === 'contacts'),
        JSON.stringify(body),
      ).toEqual([]);
  });

  it('takes what goes by another name for none, in a message that holds a book as well', () => {
    const book = { contacts: { '13912345678': '张小明', '13812345679': '李小红' } };
    for (const other of [
      { price: { '13712345670': '王小刚', '13612345671': '赵小兰' } },
      { rows: ['13712345670', '13612345671', '13512345672'] },
      { note: '王小刚:13712345670,赵小兰:13612345671' },
    ])
      expect(
        sure({ ...book, ...other }).filter(([dataType]) => dataType === 'contacts'),
        JSON.stringify(other),
      ).toEqual([['contacts', 'strong', 'body.$.contacts']]);
  });
});
