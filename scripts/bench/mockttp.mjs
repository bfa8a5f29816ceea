// mockttp as a proxy that changes nothing. argv: folder it is installed in, CA certificate, CA key, port. Prints the port.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, certificate, key, port] = process.argv.slice(2);
const { getLocal } = createRequire(join(folder, 'package.json'))('mockttp');
const server = getLocal({ https: { cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') }, recordTraffic: false });
await server.start(Number(port));
await server.forAnyWebSocket().thenPassThrough();
await server.forUnmatchedRequest().thenPassThrough();
console.log(port);
