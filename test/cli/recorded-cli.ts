import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createProgram } from '../../src/cli/program.js';
import { createTerminal } from '../../src/cli/terminal.js';

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** The command line in this process, with a home of its own. Foreseen errors are thrown, as they are to `main`. */
export function commandLine(env: NodeJS.ProcessEnv = {}): { home: string; run(...args: string[]): Promise<Outcome>; remove(): void } {
  const home = mkdtempSync(join(tmpdir(), 'overreach-cli-'));
  return {
    home,
    async run(...args) {
      const stdout = new PassThrough();
      const stderr = new PassThrough();
      let code = 0;
      const program = await createProgram(
        {
          terminal: createTerminal(stdout, stderr, { NO_COLOR: '1' }),
          env: { HOME: home, OVERREACH_DATA_DIR: join(home, 'data'), ...env },
          cwd: home,
          exit: (status) => {
            code = status;
          },
        },
        args,
      );
      await program.parseAsync(['node', 'overreach', ...args]);
      return { stdout: stdout.read()?.toString() ?? '', stderr: stderr.read()?.toString() ?? '', code };
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** A HAR with one POST of this JSON for each text. */
export function harOf(url: string, ...bodies: string[]): string {
  const entries = bodies.map((text) => ({
    startedDateTime: '2026-01-01T00:00:00.000Z',
    time: 1,
    request: {
      method: 'POST',
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [{ name: 'Content-Type', value: 'application/json' }],
      queryString: [],
      headersSize: -1,
      bodySize: text.length,
      postData: { mimeType: 'application/json', text },
    },
    response: { status: 200, statusText: 'OK', httpVersion: 'HTTP/1.1', cookies: [], headers: [], content: { size: 0, mimeType: '' } },
    cache: {},
    timings: { send: 0, wait: 1, receive: 0 },
  }));
  return JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } });
}
