// The origin of the bench: as little work as TLS allows, so that what is measured is the proxy. A request ends at its empty line.
// argv: certificate file, key file, number of loopback addresses to listen on. Prints the port.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:tls';

const [certificate, key, hosts] = process.argv.slice(2);
const body = JSON.stringify({ pad: 'x'.repeat(2_038) });
const small = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
const block = Buffer.alloc(256 * 1024, 120);

function serve(socket) {
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      const head = text.slice(0, end);
      text = text.slice(end + 4);
      if (!head.startsWith('GET /endless ')) {
        socket.write(small);
        continue;
      }
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${2 ** 40}\r\n\r\n`);
      const more = () => {
        while (!socket.destroyed && socket.write(block));
      };
      socket.on('drain', more);
      more();
    }
  });
}

let port = 0;
for (let last = 1; last <= Number(hosts); last++) {
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, serve);
  server.on('tlsClientError', () => undefined);
  // Every address of 127/8 is this machine, and to a proxy each is a host of its own.
  await new Promise((resolve) => server.listen(port, `127.0.0.${last}`, resolve));
  port = server.address().port;
}
console.log(port);
