import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apiDocument } from '../../src/live/api-document.js';
import { FakeAudit } from './fake-audit.js';
import { bearer, startFake } from './server.js';

const FILE = new URL('../../src/live/api.schema.json', import.meta.url);

test('the file for readers is what the code says (UPDATE_API=1 writes it anew)', () => {
  const text = `${JSON.stringify(apiDocument(), null, 2)}\n`;
  if (process.env.UPDATE_API === '1') writeFileSync(FILE, text);
  expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(JSON.parse(text));
});

test('every path of the document is a route, and its parameters are schemas', async () => {
  const live = await startFake(new FakeAudit(0), { report: () => ({ body: '{}', mime: 'application/json', name: 'r.json' }) });
  const client = bearer(live);
  const { paths } = apiDocument() as { paths: Record<string, Record<string, { parameters: Array<{ schema: object }> }>> };
  for (const [path, methods] of Object.entries(paths))
    for (const [method, { parameters }] of Object.entries(methods)) {
      const url = path.replace('{id}', 's-demo-1').replace('{finding}', 'x').replace('{seq}', '0');
      const answer =
        method === 'get'
          ? await client.get(url)
          : method === 'post'
            ? await client.post(url, {})
            : method === 'put'
              ? await client.put(url, {})
              : await client.remove(url);
      expect(`${method} ${url} ${answer.text}`).not.toContain('There is nothing here');
      for (const parameter of parameters) expect(parameter.schema).not.toHaveProperty('properties');
    }
  await live.close();
});
