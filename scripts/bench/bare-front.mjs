// http-mitm-proxy as it comes, with keep-alive: what this project would be without its relay. argv: CA directory, port. Prints the port.
import mitm from 'http-mitm-proxy';

const [folder, port] = process.argv.slice(2);
console.debug = () => undefined;
console.error = () => undefined;
const proxy = new mitm.Proxy();
proxy.onError(() => undefined);
proxy.listen({ host: '127.0.0.1', port: Number(port), sslCaDir: folder, keepAlive: true }, () => console.log(port));
