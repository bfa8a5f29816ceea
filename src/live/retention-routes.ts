/**
 * Danger: deletes stored sessions. Fences beyond those of every route: only sessions over the age, never one that runs, and only as many
 * as the asker was shown: where it became another number meanwhile, nothing is deleted.
 */
import type { FastifyInstance } from 'fastify';
import { InputError } from '../errors.js';
import type { LiveOptions, Retention } from './options.js';
import { missing, read } from './request.js';
import * as schema from './schema.js';

/** How long sessions are kept, and the deletion of older ones; 404 where the server offers neither. */
export function retentionRoutes(server: FastifyInstance, { retention }: LiveOptions): void {
  const offered = (): Retention => {
    if (retention === undefined) throw missing('command');
    return retention;
  };
  const told = ({ days, fixedBy, due }: Retention) => ({ days: days(), fixedBy: fixedBy(), due: due() });
  server.get('/api/retention', () => told(offered()));
  server.put('/api/retention', ({ body }) => {
    const { days } = read(schema.retentionBody, body);
    const kept = offered();
    const by = kept.fixedBy();
    if (by !== null)
      throw new InputError('OVR_UI_FIXED', 'The retention time is set where the page cannot change it.', {
        next:
          by === 'environment' ? 'Change or unset OVERREACH_RETENTION_DAYS.' : 'Change retentionDays in the project file overreach.yaml.',
      });
    kept.change(days);
    return told(kept);
  });
  server.post('/api/retention/purge', async ({ body }) => {
    const { due } = read(schema.purgeBody, body);
    const kept = offered();
    if (kept.due() !== due)
      throw new InputError('OVR_UI_CHANGED', 'Another number of sessions is due by now.', { next: 'Look at the number again.' });
    return { ...(await kept.purge()), ...told(kept) };
  });
}
