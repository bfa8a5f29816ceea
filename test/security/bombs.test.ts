import { writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startOrigin, startProgram, temporaryFolder, until } from '../integration/program.js';
import { type Blast, blast } from './bomb.js';
import { BOMBS, HIDDEN, tenGibibytes } from './bomb-list.js';

/** Every bomb is bounded to these, and says that it was. */
const CPU_MS = 1_000;
const MEMORY_MIB = 128;

describe('bombs', () => {
  const seen: string[] = [];
  afterAll(() => console.info(seen.join('\n')));

  for (const { name, body, headers, query, limits } of BOMBS) {
    test(`${name}: within ${CPU_MS} ms and ${MEMORY_MIB} MiB, and marked`, async () => {
      const bytes = body?.() ?? Buffer.alloc(0);
      // Other processes on the machine cost processor time, too (cold caches, the other half of a core): the best of five counts.
      let best: Blast | null = null;
      for (let round = 0; round < 5 && (best === null || best.cpu > CPU_MS); round++) {
        const next = await blast(bytes, headers?.() ?? [], query === undefined ? '' : `?${query()}`);
        if (best === null || next.cpu < best.cpu) best = next;
      }
      seen.push(`${(best?.cpu ?? 0).toFixed(0).padStart(5)} ms ${(best?.grown ?? 0).toFixed(0).padStart(4)} MiB  ${name}`);
      expect(best?.limits).toEqual(expect.arrayContaining([...limits]));
      expect(best?.cpu).toBeLessThan(CPU_MS);
      expect(best?.grown).toBeLessThan(MEMORY_MIB);
    });
  }

  test('through the proxy: the bomb arrives as it was sent, others do not wait for its analysis, and the session says it was cut', async () => {
    const folder = temporaryFolder();
    const origin = await startOrigin(folder.path);
    writeFileSync(join(folder.path, 'persona.yaml'), 'imei: "490154203237518"\n');
    const program = await startProgram(folder.path, ['--category', 'news', '--persona', 'persona.yaml']);
    const send = (path: string, body: Buffer, headers: Record<string, string>) =>
      new Promise<number>((resolve, reject) => {
        const url = `http://localhost:${origin.httpPort}${path}`;
        httpRequest(
          { host: '127.0.0.1', port: program.proxyPort, path: url, method: 'POST', headers: { host: new URL(url).host, ...headers } },
          (answer) => answer.resume().on('end', () => resolve(answer.statusCode ?? 0)),
        )
          .on('error', reject)
          .end(body);
      });
    try {
      const bomb = tenGibibytes();
      const sent = send('/bomb', bomb, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      expect(await send('/beside', Buffer.from(HIDDEN), { 'content-type': 'application/json' })).toBe(200);
      expect(await sent).toBe(200);
      expect(origin.seen.find(({ url }) => url === '/bomb')?.body.equals(bomb)).toBe(true);
      const report = await until(
        async () =>
          (await program.api(`/api/sessions/${program.session}/report?format=json`)) as {
            readonly summary: { readonly exchanges: number };
            readonly coverage: { readonly truncated: number; readonly limitsReached?: Record<string, number> };
            readonly findings: ReadonlyArray<{ readonly dataType: string }>;
          },
        ({ summary, coverage }) => summary.exchanges === 2 && coverage.truncated > 0,
        20_000,
      );
      expect(report.findings.map(({ dataType }) => dataType)).toContain('imei');
    } finally {
      await program.stop();
      await origin.close();
      folder.remove();
    }
  });
});
