/**
 * The thread that makes reports and comparisons, and judges stored sessions again: what takes seconds for a long session must not
 * hold up the proxy, the analysis or the page.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { ArchiveOrder } from './archive.js';
import type { Asked } from './archive-port.js';
import { letRelayGoFirst } from './thread-priority.js';

// Node's loader opens the files of all modules it has heard of at once: 150 here, in the midst of a session whose connections are reckoned to
// leave `limits.filesReserved`. Of parts that are loaded one after the other it opens 80 at most.
await import('zod');
await import('../decode/index.js');
await import('../detect/detector.js');
const { openArchive } = await import('./archive.js');
const { serveArchive } = await import('./archive-port.js');

const port = parentPort;
if (port === null) throw new Error('archive-thread.js runs as a worker thread only');
letRelayGoFirst();
const archive = openArchive(workerData as ArchiveOrder);
const serve = serveArchive(archive, (word) => port.postMessage(word));
port.on('message', (asked: Asked) => serve(asked));
port.on('close', () => archive.close());
