import { expect, test } from 'vitest';
import { factsOf } from '../../../src/live/page/facts.js';
import { parseFilter } from '../../../src/live/page/filter.js';
import { rowFilter } from '../../../src/live/page/row-query.js';
import { findingRows } from '../../../src/live/trail.js';
import { rideAudit } from '../ride.js';

const audit = await rideAudit(0);
const rows = findingRows(audit.store, 's-demo-1', [...audit.found.values()]);
const { scenes, subject } = audit.session();
const ask = (line: string) =>
  rowFilter(parseFilter(line), rows, (row) => factsOf(row, null, audit.session()), {
    scenes,
    app: subject.app,
    devices: [{ address: '192.168.31.44', label: '测试机 A' }],
  });

test('what a request knows itself is asked of the store', () => {
  expect(ask('host:adwave -status:4xx device:192.168 手机号 "a b"')).toEqual({
    where: ['host:adwave', '-status:4', 'device:192.168', 'text:手机号', 'text:a b'],
    findings: null,
    cut: false,
  });
  expect(ask('')).toEqual({ where: [], findings: null, cut: false });
});

test('scenes and apps become their ids; a name that nothing has matches nothing', () => {
  expect(ask('scene:consented').where).toEqual(['scene:scene-2']);
  expect(ask('scene:首次').where).toEqual(['scene:scene-1']);
  expect(ask('scene:nowhere').where).toEqual(['scene:nowhere']);
  expect(ask('-scene:nowhere').where).toEqual([]);
  expect(ask('app:行路').where).toEqual(['app:main']);
  expect(ask('app:wechat').where).toEqual(['app:wechat']);
});

test('what only a finding knows picks the findings, and the rest of the line does not narrow those', () => {
  const imei = rows.filter(({ dataType }) => dataType === 'imei').map(({ id }) => id);
  expect(ask('type:imei host:nowhere')).toEqual({ where: ['host:nowhere'], findings: imei, cut: false });
  expect(ask('type:imei -party:third').findings).toEqual([]);
  expect(ask('accepted:yes').findings).toEqual([]);
  expect(ask('accepted:no').findings).toHaveLength(rows.length);
});

test('the name that a tester gave to a phone stands for its address', () => {
  expect(ask('device:测试机').where).toEqual(['device:测试机', 'device:192.168.31.44']);
  expect(ask('-device:测试机').where).toEqual(['-device:测试机', '-device:192.168.31.44']);
  const session = audit.session();
  const devices = [{ address: '192.168.31.44', label: '测试机 A' }];
  const named = { ...session, subject: { ...session.subject, devices } };
  expect(rows[0] && factsOf(rows[0], null, named).device).toEqual(['192.168.31.44', '测试机 A']);
});
