import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parsePersona } from '../../src/persona/parse.js';
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
