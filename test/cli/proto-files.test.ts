import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSchemas } from '../../src/cli/proto-files.js';

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'overreach-proto-'));
  mkdirSync(join(home, 'proto', 'app', 'log'), { recursive: true });
  mkdirSync(join(home, 'empty'));
  const write = (path: string, text: string) => writeFileSync(join(home, path), text);
  write('outside.proto', 'message Secret { string a = 1; }');
  write('proto/app/device.proto', 'package app; message Device { string imei = 1; }');
  write(
    'proto/app/report.proto',
    'package app; import "app/device.proto"; import "google/protobuf/duration.proto"; message Report { Device device = 1; }',
  );
  write('proto/app/log/batch.proto', 'package app.log; import "app/report.proto"; message Batch { repeated Report reports = 1; }');
  symlinkSync(join(home, 'outside.proto'), join(home, 'proto', 'app', 'secret.proto'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const open = (word: string) => openSchemas([join(home, word)])[0];

test('one file with what lies beside it; imports may count from the folder above', () => {
  expect(open('proto/app/report.proto')?.outer).toEqual(['app.Report']);
  expect(open('proto/app/report.proto:Report')?.messages['app.Device']?.fields[1]?.name).toBe('imei');
});

test('a folder with all its files, and one message of it', () => {
  expect(open('proto')?.outer).toEqual(['app.log.Batch']);
  expect(open('proto:app.Report')?.outer).toEqual(['app.Report']);
});

test.each([
  ['proto/app/log/batch.proto', 'OVR_PROTO_IMPORT', 'app/report.proto'],
  ['up', 'OVR_PROTO_IMPORT', 'leads out'],
  ['link', 'OVR_PROTO_IMPORT', 'leads out'],
  ['absolute', 'OVR_PROTO_IMPORT', 'leads out'],
  ['empty', 'OVR_PROTO', 'no .proto file'],
  ['missing.proto', 'OVR_FILE', 'missing.proto'],
])('%s: %s, %s', (word, code, text) => {
  const imports: Record<string, string> = { up: '../../outside.proto', link: 'app/secret.proto', absolute: `${home}/outside.proto` };
  if (imports[word] !== undefined) writeFileSync(join(home, 'proto', 'app', `${word}.proto`), `import "${imports[word]}"; message A {}`);
  const path = imports[word] === undefined ? word : `proto/app/${word}.proto`;
  expect(() => open(path)).toThrowError(expect.objectContaining({ code, message: expect.stringContaining(text) }));
});
