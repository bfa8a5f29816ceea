import type { FastifyInstance } from 'fastify';
import type { LiveOptions } from './options.js';
import { missing, read, sendReport } from './request.js';
import * as schema from './schema.js';

/**
 * Routes that make a document of whole sessions. They may take seconds for a long one: whoever composes the server answers them from
 * another thread, so that the feed keeps its pace meanwhile.
 * @param known throws where there is no such session.
 */
export function documentRoutes(
  server: FastifyInstance,
  options: LiveOptions,
  formats: readonly string[],
  known: (id: string) => void,
): void {
  server.get('/api/diff', ({ query }) => {
    const { before, after } = read(schema.diffQuery, query);
    if (options.diff === undefined) throw missing('command');
    known(before);
    known(after);
    return options.diff(before, after);
  });
  server.get('/api/sessions/:id/report', async ({ params, query }, reply) => {
    const { id } = read(schema.sessionParams, params);
    const { format, lang } = read(schema.reportQuery, query);
    known(id);
    if (options.report === undefined || !formats.includes(format)) throw missing('format');
    return sendReport(reply, await options.report(id, format, lang));
  });
  server.post('/api/sessions/:id/report', async ({ params, body }, reply) => {
    const { id } = read(schema.sessionParams, params);
    const { format, lang, findings } = read(schema.selectionBody, body);
    known(id);
    if (options.selection === undefined || !formats.includes(format)) throw missing('format');
    return sendReport(reply, await options.selection(id, new Set(findings), format, lang));
  });
}
