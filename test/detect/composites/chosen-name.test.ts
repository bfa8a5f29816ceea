import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const nicknames = (body: unknown) =>
  detector
    .detect(decodeRequest(request({ body: JSON.stringify(body) })))
    .filter(({ dataType, grade }) => dataType === 'nickname' && grade !== 'candidate')
    .map(({ path }) => path);

describe('chosen-name', () => {
  it('takes Chinese with letters or digits under the name of the user for what they call themselves', () => {
    expect(nicknames({ userName: '海边的风88' })).toEqual(['body.$.userName']);
    expect(nicknames({ uname: '示例er-Z1K7' })).toEqual(['body.$.uname']);
  });

  it('takes it under a plain name where the object describes the user by a number', () => {
    expect(nicknames({ memberinfo: { id: '820371956', name: '海边的风88' } })).toEqual(['body.$.memberinfo.name']);
    expect(nicknames({ userInfo: { name: '海边的风88' } })).toEqual([]);
    expect(nicknames({ goods: { id: '820371956', name: '风扇USB3' } })).toEqual([]);
  });

  it('leaves persons’ names, accounts, roles, firms and lists of others', () => {
    for (const userName of ['张伟', 'zhangsan88', '管理员1', '示例科技公司2', '游客8203', '海边的风'])
      expect(nicknames({ userName })).toEqual([]);
    expect(nicknames({ friends: [{ userName: '海边的风88' }] })).toEqual([]);
  });
});
