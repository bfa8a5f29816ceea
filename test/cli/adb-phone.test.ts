import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openPhone, phoneApps } from '../../src/cli/adb-phone.js';
import { lacking } from '../lacking.js';

describe.skipIf(lacking(process.platform !== 'win32', 'a shell for the stand-in of adb'))('the phone on USB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'overreach-phone-'));
  const env = { ADB: join(folder, 'adb'), PATH: process.env.PATH };
  afterAll(() => rmSync(folder, { recursive: true }));

  const script = (...cases: string[]) => {
    writeFileSync(env.ADB, `#!/bin/sh\ncase "$*" in\n${cases.join('\n')}\n*) exit 1;;\nesac\n`);
    chmodSync(env.ADB, 0o755);
  };

  test('one, the one named, none', async () => {
    script(`'devices -l') printf 'List\\nA1 device\\nB2 device\\n';;`);
    await expect(openPhone(env, undefined)).rejects.toMatchObject({
      code: 'OVR_ADB_PHONE',
      next: expect.stringContaining('--serial SERIAL'),
    });
    expect((await openPhone(env, 'B2')).serial).toBe('B2');
    await expect(openPhone(env, 'C3')).rejects.toMatchObject({ code: 'OVR_ADB_PHONE' });
    await expect(openPhone({ ADB: join(folder, 'none') }, undefined)).rejects.toMatchObject({ code: 'OVR_ADB_MISSING' });
  });

  test('a connection gets the name of its app', async () => {
    const row = (port: string, uid: number) => `1: 0501A8C0:${port} 0901A8C0:1F90 01 0:0 02:0 0 ${uid} 0 1`;
    script(
      `'devices -l') printf 'List\\nA1 device\\n';;`,
      `'-s A1 shell cat /proc/net/tcp /proc/net/tcp6') printf '%s\\n' '${row('9C41', 10_123)}' '${row('9C42', 1000)}';;`,
      `'-s A1 shell pm list packages -U') echo 'package:com.example.shop uid:10123';;`,
    );
    const problems: string[] = [];
    const wanted = { serial: undefined, package: 'com.example.shop', onProblem: ({ code }: { code: string }) => problems.push(code) };
    const apps = await phoneApps(env, wanted);
    const at = (port: number, address = '192.168.1.5') => apps.appOf({ address, port, user: null }, 8080);
    expect(await at(0x9c41)).toEqual({ uid: 10_123, packages: ['com.example.shop'], system: false });
    expect(await at(0x9c42)).toMatchObject({ uid: 1000, system: true });
    expect(await at(0x9c43)).toBeNull();
    expect(await at(0x9c41, '192.168.1.6')).toBeNull();
    expect(problems).toEqual([]);
    // What comes by "adb reverse" cannot be told, which is said once.
    for (const port of [1, 2]) expect(await at(port, '127.0.0.1')).toBeNull();
    expect(problems).toEqual(['OVR_ADB_REVERSE']);
    await expect(phoneApps(env, { ...wanted, package: 'com.example.none' })).rejects.toMatchObject({ code: 'OVR_ADB_PACKAGE' });
  });
});
