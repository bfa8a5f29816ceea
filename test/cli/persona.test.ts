import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parsePersona } from '../../src/persona/parse.js';
import { lacking } from '../lacking.js';
import { commandLine } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());

test('the same seed makes the same person; the file is private and is never overwritten', async () => {
  const [a, b] = await Promise.all([cli.run('persona', 'new', '--seed', 'x'), cli.run('persona', 'new', '--seed', 'x')]);
  expect(a.stdout).toBe(b.stdout);
  const out = join(cli.home, 'persona.yaml');
  await cli.run('persona', 'new', '--out', out);
  expect(statSync(out).mode & 0o777).toBe(0o600);
  expect(Object.keys(parsePersona(readFileSync(out, 'utf8'), out).values)).toEqual(
    expect.arrayContaining(['phone_number', 'id_number', 'imei', 'bank_card_number']),
  );
  await expect(cli.run('persona', 'new', '--out', out)).rejects.toMatchObject({ code: 'OVR_OUT' });
});

test('show masks every value', async () => {
  const out = join(cli.home, 'shown.yaml');
  await cli.run('persona', 'new', '--seed', 'y', '--out', out);
  const { stdout } = await cli.run('persona', 'show', out);
  const phone = parsePersona(readFileSync(out, 'utf8'), out).values.phone_number?.[0] ?? '';
  expect(phone).toMatch(/^\d{11}$/);
  expect(stdout).toContain('phone_number');
  expect(stdout).not.toContain(phone);
});

describe.skipIf(lacking(process.platform !== 'win32', 'a shell for the stand-in of adb'))('from-adb', () => {
  const folder = mkdtempSync(join(tmpdir(), 'overreach-adb-'));
  const adb = join(folder, 'adb');
  const phones = (list: string) => {
    writeFileSync(
      adb,
      `#!/bin/sh\ncase "$*" in\n'devices -l') printf '%b' '${list}';;\n'-s A1 shell getprop ro.serialno') echo A1SERIAL;;\n*) exit 1;;\nesac\n`,
    );
    chmodSync(adb, 0o755);
  };
  const phoned = commandLine({ ADB: adb, PATH: process.env.PATH });
  afterAll(() => {
    phoned.remove();
    rmSync(folder, { recursive: true });
  });

  test('reads the one phone that is connected into a private file', async () => {
    phones('List\\nA1 device model:X\\n');
    const out = join(phoned.home, 'phone.yaml');
    const { stderr } = await phoned.run('persona', 'from-adb', '--lang', 'en', '--out', out);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(parsePersona(readFileSync(out, 'utf8'), out).values).toEqual({ device_serial: ['A1SERIAL'] });
    expect(stderr).toContain('oaid: OAID');
    await expect(phoned.run('persona', 'from-adb', '--out', out)).rejects.toMatchObject({ code: 'OVR_OUT' });
  });

  test('none, several, or one that is locked', async () => {
    for (const list of ['List\\n', 'List\\nA1 device\\nB2 device\\n', 'List\\nA1 unauthorized\\n']) {
      phones(list);
      await expect(phoned.run('persona', 'from-adb')).rejects.toMatchObject({ code: 'OVR_ADB_PHONE' });
    }
    phones('List\\nA1 device\\nB2 device\\n');
    expect((await phoned.run('persona', 'from-adb', '--serial', 'A1')).stdout).toContain('device_serial: ["A1SERIAL"]');
  });
});
