import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { sayMissed, showProgress } from '../../src/cli/progress.js';
import { createTerminal } from '../../src/cli/terminal.js';

function cliOn(isTTY: boolean) {
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const terminal = createTerminal(new PassThrough(), stderr, { NO_COLOR: '1' });
  return { cli: { terminal, env: {}, cwd: '/', exit: () => undefined }, text: () => String(stderr.read() ?? '') };
}

test('progress is shown four times a second at most, and only where a person watches', () => {
  vi.useFakeTimers({ now: 0 });
  try {
    for (const [isTTY, expected] of [
      [true, /50 % · 1 \/ 2 MiB/],
      [false, /^$/],
    ] as const) {
      const { cli, text } = cliOn(isTTY);
      const progress = showProgress(cli);
      progress(1, 2);
      expect(text()).toBe('');
      vi.advanceTimersByTime(300);
      progress(1_048_576, 2_097_152);
      progress(1_500_000, 2_097_152);
      const shown = text();
      expect(shown).toMatch(expected);
      expect(shown).not.toContain('71 %');
    }
  } finally {
    vi.useRealTimers();
  }
});

test('what nobody could look into is said with its code and the next step, made printable', () => {
  const { cli, text } = cliOn(false);
  sayMissed(cli, [])({ code: 'OVR_X', message: 'x\u001b[2J.har ends', next: 'Export it again.' });
  expect(text()).toBe('OVR_X x\\u001b[2J.har ends\n  → Export it again.\n');
});

test('incident: what of a recording was not looked into was told in English alone', () => {
  const missed = { code: 'OVR_HAR_ENTRY_LARGE', message: 'entry 3 is too large', next: 'Export less.' };
  const { cli, text } = cliOn(false);
  sayMissed(cli, ['--lang', 'zh-CN'])(missed);
  expect(text()).toContain('\n  录制文件里有一条超出能读取的大小');
  sayMissed(cli, ['--lang', 'en'])(missed);
  expect(text()).not.toMatch(/\p{Script=Han}/u);
});
