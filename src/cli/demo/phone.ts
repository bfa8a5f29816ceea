import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { type TLSSocket, connect as tlsConnect } from 'node:tls';
import WebSocket from 'ws';
import { CaptureError } from '../../errors.js';

export interface Call {
  readonly host: string;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A phone that has the proxy set and its CA trusted: what the demo drives instead of a real one. */
export interface Phone {
  send(call: Call): Promise<number>;
  /** Sends these texts over one WebSocket and closes it. */
  talk(host: string, path: string, texts: readonly string[]): Promise<void>;
}

const PATIENCE_MS = 10_000;

export interface PhoneOptions {
  readonly proxy: { readonly host: string; readonly port: number };
  readonly ca: string;
  readonly userAgent: string;
}

/** @returns a phone whose every request goes by CONNECT and TLS; its calls fail with a CaptureError where the proxy does not answer. */
export function createPhone({ proxy, ca, userAgent }: PhoneOptions): Phone {
  /** CONNECT, then TLS, exactly as a phone's HTTP stack does it. */
  async function tunnel(host: string): Promise<TLSSocket> {
    const socket = await new Promise<Socket>((resolve, reject) => {
      const request = httpRequest({ ...proxy, method: 'CONNECT', path: `${host}:443`, timeout: PATIENCE_MS });
      request.on('connect', (response, connected) => {
        if (response.statusCode === 200) resolve(connected);
        else reject(failed(host, `the proxy answered ${response.statusCode}`));
      });
      request.on('timeout', () => request.destroy(failed(host, 'no answer')));
      request.on('error', reject);
      request.end();
    });
    return new Promise((resolve, reject) => {
      const secure = tlsConnect({ socket, servername: host, ca, ALPNProtocols: ['http/1.1'] }, () => resolve(secure));
      secure.once('error', reject);
    });
  }

  return {
    async send({ host, method = 'POST', path, headers = {}, body = '' }) {
      const socket = await tunnel(host);
      return new Promise((resolve, reject) => {
        const request = httpsRequest(
          {
            host,
            path,
            method,
            headers: {
              host,
              'user-agent': userAgent,
              ...(method === 'GET' ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
              ...headers,
            },
            createConnection: () => socket,
            timeout: PATIENCE_MS,
          },
          (response) => {
            response.resume();
            response.on('end', () => {
              socket.end();
              resolve(response.statusCode ?? 0);
            });
          },
        );
        request.on('timeout', () => request.destroy(failed(host, 'no answer')));
        request.on('error', reject);
        request.end(method === 'GET' ? undefined : body);
      });
    },
    async talk(host, path, texts) {
      const secure = await tunnel(host);
      await new Promise<void>((resolve, reject) => {
        const socket = new WebSocket(`wss://${host}${path}`, { createConnection: () => secure, headers: { 'user-agent': userAgent } });
        let answers = 0;
        socket.on('open', () => {
          for (const text of texts) socket.send(text);
        });
        socket.on('message', () => {
          answers += 1;
          if (answers === texts.length) socket.close();
        });
        socket.on('close', () => resolve());
        socket.on('error', reject);
      });
    },
  };
}

function failed(host: string, what: string): CaptureError {
  return new CaptureError('OVR_DEMO_PHONE', `The scripted phone could not reach ${host}: ${what}.`, {
    next: 'Run "overreach demo" again; if it stays so, please report it.',
  });
}
