/**
 * The thread that searches. A text that stands everywhere takes a tenth of a second in a long session; on the thread that relays,
 * every phone would wait for it. It only reads, through a connection of its own.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openStore } from '../store/index.js';
import { type Sought, serveSearch } from './search-port.js';
import { letRelayGoFirst } from './thread-priority.js';

const port = parentPort;
if (port === null) throw new Error('search-thread.js runs as a worker thread only');
letRelayGoFirst();
const { dataDir } = workerData as { readonly dataDir: string };
const store = openStore({ dir: dataDir, readOnly: true });
const serve = serveSearch(store, (told) => port.postMessage(told));
port.on('message', (sought: Sought) => serve(sought));
port.on('close', () => store.close());
