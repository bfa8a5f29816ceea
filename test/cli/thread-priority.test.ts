import { expect, test } from 'vitest';
import { letRelayGoFirst } from '../../src/cli/thread-priority.js';
import { limits } from '../../src/limits.js';

function systemOf(platform: NodeJS.Platform, self: () => string, { niceness = 0, refuses = false } = {}) {
  const set: Array<readonly [thread: number, niceness: number]> = [];
  const setPriority = (thread: number, niceness: number): void => {
    if (refuses) throw new Error('EACCES');
    set.push([thread, niceness]);
  };
  return { set, system: { platform, self, niceness: () => niceness, setPriority } };
}

test('the calling thread goes second, not its process', () => {
  const { set, system } = systemOf('linux', () => '1234/task/1240');
  expect(letRelayGoFirst(system)).toBe(true);
  expect(set).toEqual([[1240, limits.threadNiceness]]);
});

test('a program that was started nice does not become less so', () => {
  const nice = systemOf('linux', () => '1234/task/1240', { niceness: 10 });
  expect(letRelayGoFirst(nice.system)).toBe(true);
  const nicest = systemOf('linux', () => '1234/task/1240', { niceness: 18 });
  expect(letRelayGoFirst(nicest.system)).toBe(true);
  expect([...nice.set, ...nicest.set]).toEqual([
    [1240, 10 + limits.threadNiceness],
    [1240, 19],
  ]);
});

test.each(['win32', 'darwin'] as const)('on %s the number of a thread may be that of a process: nothing is set', (platform) => {
  const { set, system } = systemOf(platform, () => '1234/task/1240');
  expect(letRelayGoFirst(system)).toBe(false);
  expect(set).toEqual([]);
});

test('without /proc, with an answer that is no thread, and where the system refuses, all keep the same share', () => {
  const absent = () => {
    throw new Error('ENOENT');
  };
  expect(letRelayGoFirst(systemOf('linux', absent).system)).toBe(false);
  const odd = systemOf('linux', () => 'self');
  expect(letRelayGoFirst(odd.system)).toBe(false);
  expect(odd.set).toEqual([]);
  expect(letRelayGoFirst(systemOf('linux', () => '1234/task/1240', { refuses: true }).system)).toBe(false);
});
