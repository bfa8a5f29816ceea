/**
 * The thread that makes reports and comparisons, and judges stored sessions again: what takes seconds for a long session must not
 * hold up the proxy, the analysis or the page.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { type ArchiveOrder, openArchive } from './archive.js';
import { type Asked, serveArchive } from './archive-port.js';

const port = parentPort;
if (port === null) throw new Error('archive-thread.js runs as a worker thread only');
const archive = openArchive(workerData as ArchiveOrder);
const serve = serveArchive(archive, (word) => port.postMessage(word));
port.on('message', (asked: Asked) => serve(asked));
port.on('close', () => archive.close());
