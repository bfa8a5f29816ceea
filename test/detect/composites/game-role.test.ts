import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const sure = (body: object) =>
  detector
    .detect(decodeRequest(request({ body: JSON.stringify(body) })))
    .filter(({ grade }) => grade === 'strong' || grade === 'probable')
    .map(({ dataType, path }) => `${dataType} ${path}`)
    .sort();

const game = { userId: '3000123456', roleId: '1235761', roleName: '海边的风', roleLevel: '11', serverId: '100' };

describe('game-role', () => {
  it('takes number and name of the character for those of whoever plays', () => {
    expect(sure({ gameData: game })).toEqual([
      'account_id body.$.gameData.roleId',
      'account_id body.$.gameData.userId',
      'nickname body.$.gameData.roleName',
    ]);
    expect(sure({ ...game, roleName: '无' })).toEqual(['account_id body.$.roleId', 'account_id body.$.userId']);
  });

  it.each([
    ['no account', { userId: '' }],
    ['no server', { serverId: '' }],
    ['no level', { roleLevel: '' }],
    ['the role of an office', { roleId: '12' }],
    ['a role nobody has chosen yet', { roleId: '0' }],
  ])('takes nothing where there is %s', (_, other) => {
    expect(sure({ ...game, ...other })).not.toContain('account_id body.$.roleId');
    expect(sure({ ...game, ...other })).not.toContain('nickname body.$.roleName');
  });

  it('takes no list of those who play', () => {
    expect(sure({ ranks: [game, { ...game, userId: '3000236227' }] }).some((each) => each.includes('role'))).toBe(false);
  });
});
