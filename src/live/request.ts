import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { InputError } from '../errors.js';
import { AccessError } from './access.js';
import type { RenderedReport } from './options.js';

/** @param what as the message names it: `session`, `finding`. */
export function missing(what: string): AccessError {
  return new AccessError(404, 'OVR_UI_NOT_FOUND', `There is no such ${what}.`, 'Reload the page; it may have been deleted.');
}

/** What answers a change to a session that goes on, recorded by another process: it is not ours to write, and it is not over. */
export function elsewhere(): InputError {
  return new InputError('OVR_UI_ELSEWHERE', 'Another process records this session.', { next: 'Open the page of that process.' });
}

/** @throws InputError OVR_UI_INPUT that names the place of the first problem, never the value. */
export function read<T>(shape: z.ZodType<T>, input: unknown): T {
  const result = shape.safeParse(input ?? {});
  if (result.success) return result.data;
  const first = result.error.issues[0];
  throw new InputError(
    'OVR_UI_INPUT',
    `The request is not understood at "${first?.path.map(String).join('.') ?? ''}" (${first?.code ?? 'invalid'}).`,
    {
      next: 'See GET /api/openapi.json for what this route takes.',
    },
  );
}

/** Through what and from where somebody asks: a browser carries the cookie, a program the token itself. */
export function askedBy({ raw }: FastifyRequest): string {
  const through = raw.headers.authorization === undefined ? 'page' : 'api';
  return `${through} ${raw.socket.remoteAddress ?? 'unknown'}`;
}

/** Aborted when the browser gave up the question (it typed on, the tab was closed) before the answer. */
export function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableEnded) gone.abort();
  });
  return gone.signal;
}

/** A file to keep, never a document of this origin: what it holds was captured from strangers. */
export function sendReport(reply: FastifyReply, report: RenderedReport): FastifyReply {
  return reply
    .header('content-type', report.mime)
    .header('content-disposition', `attachment; filename="${report.name.replace(/[^\w.-]/g, '_')}"`)
    .header('content-security-policy', "sandbox; default-src 'none'")
    .send(Buffer.from(report.body));
}
