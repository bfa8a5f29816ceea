/**
 * Danger: the test person's values. They come in (in clear, over loopback) and never go out: every answer has them masked, with a tag by
 * which the page says which of them to keep. Fences beyond those of every route: validated here and by type where they are kept, no
 * value in an error, none in a log.
 */
import type { FastifyInstance } from 'fastify';
import { InputError } from '../errors.js';
import type { Session } from '../model/session.js';
import type { LiveOptions } from './options.js';
import { elsewhere, missing, read } from './request.js';
import * as schema from './schema.js';

/** @param sessionOf throws where there is none; @param running id of the session that is being recorded here. */
export function personaRoutes(
  server: FastifyInstance,
  options: LiveOptions,
  sessionOf: (id: string) => Session,
  running: () => string | null,
): void {
  const bookOf = () => {
    if (options.persona === undefined) throw missing('command');
    return options.persona;
  };
  /** One that another process records is not ours to write. */
  const ours = (id: string): Session => {
    const session = sessionOf(id);
    if (session.status !== 'running' || running() === id) return session;
    throw elsewhere();
  };
  server.get('/api/sessions/:id/persona', ({ params }) => {
    const { id } = read(schema.sessionParams, params);
    return bookOf().of(sessionOf(id).id);
  });
  server.put('/api/sessions/:id/persona', ({ params, body }) => {
    const { id } = read(schema.sessionParams, params);
    const { values } = read(schema.personaBody, body);
    return bookOf().change(ours(id).id, values);
  });
  server.post('/api/sessions/:id/rejudge', ({ params }) => {
    const { id } = read(schema.sessionParams, params);
    if (options.rejudge === undefined) throw missing('command');
    if (ours(id).status === 'running')
      throw new InputError('OVR_UI_RUNNING', 'A session is judged again once it is over.', {
        next: 'End it first; until then changed values count for the requests that follow.',
      });
    return options.rejudge(id);
  });
}
