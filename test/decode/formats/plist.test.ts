import { expect, test } from 'vitest';
import { decodeBytes } from '../../../src/decode/index.js';
import { threadTime } from '../../processor-time.js';
import { opened } from '../sample.js';

test('keys name the values that follow', () => {
  const plist =
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist version="1.0"><dict><key>device</key><dict><key>imei</key><string>1</string><key>ok</key><true/></dict><key>list</key><array><integer>5</integer><real>1.5</real></array><key>raw</key><data>eyJhIjoieCJ9</data></dict></plist>';
  expect(opened(plist, 'text/xml')).toMatchObject({ 'body|plist.device.imei': '1' });
  expect(opened(plist, 'application/x-plist')).toEqual({
    'body|plist.device.imei': '1',
    'body|plist.device.ok': 'true',
    'body|plist.list[0]': '5',
    'body|plist.list[1]': '1.5',
    'body|plist.raw|base64': '{"a":"x"}',
    'body|plist.raw|base64|json$.a': 'x',
    'header.content-type': 'application/x-plist',
  });
});

const uid = (position: number) => `<dict><key>CF$UID</key><integer>${position}</integer></dict>`;
const list = (key: string, positions: readonly number[]) => `<key>${key}</key><array>${positions.map(uid).join('')}</array>`;
const kind = (name: string) => `<dict><key>$classname</key><string>${name}</string></dict>`;

/** As `plutil -convert xml1` prints what NSKeyedArchiver wrote. @param objects from number 1 on. */
function archive(...objects: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>$archiver</key><string>NSKeyedArchiver</string><key>$objects</key><array><string>$null</string>${objects.join('')}</array><key>$top</key><dict><key>root</key>${uid(1)}</dict><key>$version</key><integer>100000</integer></dict></plist>`;
}

test('an archive is read by the names that its objects have for each other', () => {
  const fields = opened(
    archive(
      `<dict><key>$class</key>${uid(9)}${list('NS.keys', [2, 3, 4])}${list('NS.objects', [5, 6, 7])}</dict>`,
      '<string>mobile</string>',
      '<string>devices</string>',
      '<string>user</string>',
      '<string>13900000000</string>',
      `<dict><key>$class</key>${uid(10)}${list('NS.objects', [8, 0])}</dict>`,
      `<dict><key>$class</key>${uid(11)}<key>age</key><integer>30</integer><key>nickName</key>${uid(12)}<key>note</key>${uid(13)}</dict>`,
      '<string>iPhone</string>',
      kind('NSDictionary'),
      kind('NSArray'),
      kind('User'),
      '<string>Cici</string>',
      `<dict><key>$class</key>${uid(14)}<key>NS.data</key><data>eyJhIjoieCJ9</data></dict>`,
      kind('NSMutableData'),
    ),
    'application/x-plist',
  );
  expect(fields).toEqual({
    'body|plist.$top.root.mobile': '13900000000',
    'body|plist.$top.root.devices[0]': 'iPhone',
    'body|plist.$top.root.user.age': '30',
    'body|plist.$top.root.user.nickName': 'Cici',
    'body|plist.$top.root.user.note|base64': '{"a":"x"}',
    'body|plist.$top.root.user.note|base64|json$.a': 'x',
    'header.content-type': 'application/x-plist',
  });
});

test('an archive without end, or of doubling lists, ends at a bound', () => {
  const loop = decodeBytes(Buffer.from(archive(`<dict>${list('NS.objects', [1, 1])}</dict>`)), 'body');
  expect(loop.limits.map((hit) => hit.limit)).toContain('jsonDepth');
  const doubling = Array.from({ length: 60 }, (_, level) => `<dict>${list('NS.objects', [level + 2, level + 2])}</dict>`);
  const started = threadTime();
  const decoded = decodeBytes(Buffer.from(archive(...doubling, '<string>end</string>')), 'body');
  expect(threadTime() - started).toBeLessThan(5_000);
  expect(decoded.limits.length).toBeGreaterThan(0);
});

test('what only speaks of an archive is a property list as it stands', () => {
  const plist = `<plist version="1.0"><dict><key>$archiver</key><string>x</string><key>$objects</key><array>${uid(1)}</array></dict></plist>`;
  expect(opened(plist, 'application/x-plist')).toMatchObject({ 'body|plist.$archiver': 'x', 'body|plist.$objects[0].CF$UID': '1' });
});

test('incident: of a list that broke off, and of one with a foreign element or broken data, values were lost', () => {
  const list = (inner: string) => `<?xml version="1.0"?><plist version="1.0"><dict>${inner}`;
  const end = '</dict></plist>';
  expect(opened(list(`<key>a</key><string>x</string><key>b</key><string>13900000000`))).toMatchObject({ 'body|plist.a': 'x' });
  for (const broken of [
    list('<key>a</key><string>x</string><key>b</key><string>13900000000'),
    list('<key>a</key><string>13900000000</string><key'),
    list('<key>a</key><string>x</string><key>b</key><string>13900000000</string><key'),
    list(`<key>a</key><string>x</string><key>b</key><data>13900000000!</data>${end}`),
    list(`<key>a</key><text>13900000000</text>${end}`),
    list(`<key>a</key><string>x</string>13900000000${end}`),
    list(`<!-- 13900000000 --><key>a</key><string>x</string>${end}`),
    `${list(`<key>a</key><string>x</string>${end}`)}13900000000`,
  ])
    expect(Object.values(opened(broken)).some((value) => value.includes('13900000000'))).toBe(true);
});
