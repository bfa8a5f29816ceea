import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { watchRules } from '../../src/cli/rules-watch.js';

const folder = mkdtempSync(join(tmpdir(), 'overreach-watch-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('several writes of one change are told once, also in a folder below; after the end nothing is told', async () => {
  mkdirSync(join(folder, 'categories'));
  const changed = vi.fn();
  const stop = watchRules([folder], changed, (_folder, error) => {
    throw error;
  });
  for (const text of ['a', 'ab', 'abc']) writeFileSync(join(folder, 'categories', '01-x.yaml'), text);
  await vi.waitFor(() => expect(changed).toHaveBeenCalled(), { timeout: 10_000 });
  expect(changed).toHaveBeenCalledTimes(1);
  stop();
  writeFileSync(join(folder, 'pack.yaml'), 'x');
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(changed).toHaveBeenCalledTimes(1);
});

test('a folder that cannot be watched is said, and the others are watched', async () => {
  const [changed, refused] = [vi.fn(), vi.fn()];
  const stop = watchRules([join(folder, 'absent'), folder], changed, refused);
  await vi.waitFor(() => expect(refused).toHaveBeenCalledWith(join(folder, 'absent'), expect.any(Error)), { timeout: 10_000 });
  writeFileSync(join(folder, 'pack.yaml'), 'y');
  await vi.waitFor(() => expect(changed).toHaveBeenCalled(), { timeout: 10_000 });
  stop();
});

test('incident: of a folder that was deleted and made anew no change was noticed any more', async () => {
  const again = join(folder, 'again');
  mkdirSync(again);
  const changed = vi.fn();
  const stop = watchRules([again], changed, () => {});
  rmSync(again, { recursive: true });
  await new Promise((resolve) => setTimeout(resolve, 600));
  changed.mockClear();
  mkdirSync(again);
  writeFileSync(join(again, 'pack.yaml'), 'x');
  await vi.waitFor(() => expect(changed).toHaveBeenCalled(), { timeout: 10_000 });
  changed.mockClear();
  writeFileSync(join(again, 'pack.yaml'), 'y');
  await vi.waitFor(() => expect(changed).toHaveBeenCalled(), { timeout: 10_000 });
  stop();
});
