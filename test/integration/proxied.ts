import { request } from 'node:http';

/** One request through the proxy in absolute form, as a phone sends plain HTTP; resolves once the answer is read. */
export function requestThrough(
  proxyPort: number,
  url: string,
  body: string | Uint8Array,
  headers: Record<string, string>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: proxyPort, method: 'POST', path: url, headers: { host: new URL(url).host, ...headers } },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
