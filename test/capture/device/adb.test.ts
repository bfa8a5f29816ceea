import { expect, test } from 'vitest';
import { type AdbRun, adbProgram, connectedPhones, PhoneApps, parsePackages, parseSockets } from '../../../src/capture/device/adb.js';
import { limits } from '../../../src/limits.js';

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';

/** A row as the kernel prints it: addresses little-endian, ports in hex. */
function row(localPort: number, remotePort: number, uid: number, v6 = false): string {
  const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0');
  const address = v6 ? '0000000000000000FFFF00000501A8C0' : '0501A8C0';
  return `   1: ${address}:${hex(localPort)} ${address}:${hex(remotePort)} 01 00000000:00000000 02:000003E8 00000000 ${uid}        0 41311 2 0000000000000000 21 4 30 10 -1\n`;
}

const at = (port: number, address = '192.168.1.5') => ({ address, port });

const PACKAGES = [
  'package:com.example.shop uid:10123',
  'package:com.example.keyboard uid:10200',
  'package:com.example.keyboard.plugin uid:10200',
  'package:com.example.twice uid:10300,1010300',
  'package:evil;rm uid:10400',
  'package:android uid:1000',
  '',
].join('\n');

class ScriptedAdb {
  readonly asked: string[] = [];
  tables: string[] = [];
  packages = PACKAGES;

  readonly run: AdbRun = async (args) => {
    this.asked.push(args.join(' '));
    await Promise.resolve();
    if (args.includes('pm')) return this.packages;
    if (args.includes('cat')) return HEAD + ((this.tables.length > 1 ? this.tables.shift() : this.tables[0]) ?? '') + HEAD;
    return 'List of devices attached\nemulator-5554          device product:x model:Pixel_8 device:y\n192.168.1.7:5555       unauthorized usb:1-1\n\n';
  };

  looks(): number {
    return this.asked.filter((line) => line.includes('/proc/net/tcp')).length;
  }
}

test('phones and what can be done with them', async () => {
  expect(await connectedPhones(new ScriptedAdb().run)).toEqual([
    { serial: 'emulator-5554', state: 'device', model: 'Pixel_8' },
    { serial: '192.168.1.7:5555', state: 'unauthorized', model: null },
  ]);
});

test('IPv4 and IPv6 rows are read; heads and damaged rows are not', () => {
  const text = `${HEAD}${row(40_001, 8080, 10_123)}${HEAD}${row(40_002, 8080, 10_200, true)}   2: nonsense\n`;
  expect(parseSockets(text)).toEqual([
    { localAddress: '192.168.1.5', localPort: 40_001, remotePort: 8080, uid: 10_123 },
    { localAddress: '192.168.1.5', localPort: 40_002, remotePort: 8080, uid: 10_200 },
  ]);
});

test('a table without end is refused by name', () => {
  expect(() => parseSockets(row(1, 2, 3).repeat(limits.adbSockets + 1))).toThrow(/adbSockets/);
});

test('packages: shared users, work profiles, and no name that a shell or a page could trip over', () => {
  const packages = parsePackages(PACKAGES);
  expect(packages.get(10_123)).toEqual(['com.example.shop']);
  expect(packages.get(10_200)).toEqual(['com.example.keyboard', 'com.example.keyboard.plugin']);
  expect(packages.get(10_300)).toEqual(['com.example.twice']);
  expect(packages.has(10_400)).toBe(false);
});

test('port to package, by the row that leads to this proxy', async () => {
  const adb = new ScriptedAdb();
  adb.tables = [row(40_001, 443, 10_200) + row(40_001, 8080, 10_123) + row(40_002, 8080, 1_010_300) + row(40_003, 8080, 1000)];
  const apps = new PhoneApps(adb.run, 'emulator-5554', 8080);
  expect(await apps.appAt(at(40_001))).toEqual({ uid: 10_123, packages: ['com.example.shop'], system: false });
  expect(await apps.appAt(at(40_002))).toMatchObject({ packages: ['com.example.twice'] });
  expect(await apps.appAt(at(40_003))).toEqual({ uid: 1000, packages: ['android'], system: true });
  expect(await apps.appAt(at(40_009))).toBeNull();
  expect(await apps.appAt(at(40_001, '192.168.1.6'))).toBeNull();
  expect(adb.asked[0]).toBe('-s emulator-5554 shell cat /proc/net/tcp /proc/net/tcp6');
  expect(adb.asked.filter((line) => line.includes(' pm '))).toHaveLength(1);
});

test('two owners for one port are no answer', async () => {
  const adb = new ScriptedAdb();
  adb.tables = [row(40_001, 8080, 10_123) + row(40_001, 8080, 10_200, true)];
  expect(await new PhoneApps(adb.run, 's', 8080).appAt(at(40_001))).toBeNull();
});

test('questions that come together share one look, begun after they were asked', async () => {
  const adb = new ScriptedAdb();
  adb.tables = [row(40_001, 8080, 10_123), row(40_001, 8080, 10_200) + row(40_002, 8080, 10_200)];
  const apps = new PhoneApps(adb.run, 's', 8080);
  const first = apps.appAt(at(40_001));
  const later = [apps.appAt(at(40_001)), apps.appAt(at(40_002))];
  expect((await first)?.uid).toBe(10_123);
  expect((await Promise.all(later)).map((app) => app?.uid)).toEqual([10_200, 10_200]);
  expect(adb.looks()).toBe(2);
});

test('a look that fails is an error, and the next one works', async () => {
  const adb = new ScriptedAdb();
  adb.tables = [row(40_001, 8080, 10_123)];
  let broken = true;
  const apps = new PhoneApps((args) => (broken ? Promise.reject(new Error('unplugged')) : adb.run(args)), 's', 8080);
  await expect(apps.appAt(at(40_001))).rejects.toThrow('unplugged');
  broken = false;
  expect((await apps.appAt(at(40_001)))?.uid).toBe(10_123);
});

test('an app installed during the audit is looked up again', async () => {
  const adb = new ScriptedAdb();
  adb.tables = [row(40_001, 8080, 10_123) + row(40_002, 8080, 10_500)];
  const apps = new PhoneApps(adb.run, 's', 8080);
  await apps.appAt(at(40_001));
  adb.packages += 'package:com.example.fresh uid:10500\n';
  expect((await apps.appAt(at(40_002)))?.packages).toEqual(['com.example.fresh']);
});

// The kernel prints user 0 for a connection whose app has closed it: it was taken for a connection of Android itself.
test('a connection that was closed belongs to nobody', async () => {
  const adb = new ScriptedAdb();
  const closing = (port: number, state: string, inode: string) =>
    row(port, 8080, 0)
      .replace(/ 01 /, ` ${state} `)
      .replace(/ 41311 /, ` ${inode} `);
  adb.tables = [closing(40_001, '06', '41311') + closing(40_002, '04', '0') + row(40_003, 8080, 0)];
  const apps = new PhoneApps(adb.run, 's', 8080);
  expect(await apps.appAt(at(40_001))).toBeNull();
  expect(await apps.appAt(at(40_002))).toBeNull();
  expect(await apps.appAt(at(40_003))).toMatchObject({ uid: 0, system: true });
});

test('an SDK in the sandbox beside an app speaks for that app', async () => {
  const adb = new ScriptedAdb();
  adb.tables = [row(40_001, 8080, 20_123)];
  expect(await new PhoneApps(adb.run, 's', 8080).appAt(at(40_001))).toEqual({ uid: 20_123, packages: ['com.example.shop'], system: false });
});

// A request of 20 ms was over before the phone was asked, and counted for nobody.
test('a short connection is asked about when it opens; a port that is used again is asked about anew', async () => {
  const adb = new ScriptedAdb();
  adb.tables = [row(40_001, 8080, 10_123), '', row(40_001, 8080, 10_200)];
  const apps = new PhoneApps(adb.run, 's', 8080);
  apps.opened(at(40_001));
  await apps.appAt(at(1));
  expect((await apps.appAt(at(40_001)))?.uid).toBe(10_123);
  apps.opened(at(40_001));
  expect((await apps.appAt(at(40_001)))?.uid).toBe(10_200);
  expect(adb.looks()).toBe(3);
});

test('what is installed', async () => {
  const apps = new PhoneApps(new ScriptedAdb().run, 's', 8080);
  expect(await apps.has('com.example.keyboard.plugin')).toBe(true);
  expect(await apps.has('com.example.none')).toBe(false);
});

test('no adb, and an adb that fails, have names', async () => {
  await expect(adbProgram('/nonexistent/adb')(['devices'])).rejects.toMatchObject({ code: 'OVR_ADB_MISSING' });
  await expect(adbProgram('/bin/false')(['devices'])).rejects.toMatchObject({ code: 'OVR_ADB' });
});

test('an IPv6 address of the phone is read word by word', async () => {
  const adb = new ScriptedAdb();
  // fd00::5:1 as the kernel of a little-endian machine prints it.
  adb.tables = [row(40_001, 8080, 10_123).replaceAll('0501A8C0', '000000FD000000000000000001000500')];
  expect((await new PhoneApps(adb.run, 's', 8080).appAt(at(40_001, 'fd00::5:1')))?.uid).toBe(10_123);
});
