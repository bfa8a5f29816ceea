// Overreach's relay alone: bytes go through, their copies go nowhere. argv: data directory, file with the origin's root. Prints the port.
import { readFileSync } from 'node:fs';
import { startCapture } from '../../dist/capture/index.js';

const [dataDir, root] = process.argv.slice(2);
const capture = await startCapture({
  listen: { host: '127.0.0.1', port: 0 },
  dataDir,
  allowLoopback: true,
  upstreamCa: readFileSync(root, 'utf8'),
  onTap: () => undefined,
});
console.log(capture.address.port);
