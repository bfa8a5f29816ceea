/** A refusal of the server: a code, what happened, and what to do next. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly next: string;
  constructor(status: number, code: string, message: string, next: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.next = next;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

async function send<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    ...(signal === undefined ? {} : { signal }),
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw await refusalOf(response);
  return (await response.json()) as T;
}

async function refusalOf(response: Response): Promise<Refusal> {
  // Something between the page and its server may answer with anything.
  const answer: unknown = await response.json().catch(() => null);
  const { code, message, next } = typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {};
  return new Refusal(response.status, text(code) || `HTTP ${response.status}`, text(message), text(next));
}

/** @param body absent: it is asked for, not made to order. */
async function file(path: string, body?: unknown): Promise<{ readonly blob: Blob; readonly name: string }> {
  const response = await fetch(path, {
    credentials: 'same-origin',
    ...(body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw await refusalOf(response);
  const name = /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'report';
  return { blob: await response.blob(), name };
}

/** @throws Refusal; TypeError when the server cannot be reached; `AbortError` when the signal was given. */
export const net = {
  get: <T>(path: string, signal?: AbortSignal) => send<T>('GET', path, undefined, signal),
  post: <T>(path: string, body: unknown = {}) => send<T>('POST', path, body),
  put: <T>(path: string, body: unknown) => send<T>('PUT', path, body),
  /** A file, with the name that the server gives it. */
  file,
  remove: <T>(path: string) => send<T>('DELETE', path),
};

/** `/api/sessions/ID/...` with every part escaped. */
export function sessionPath(id: string, ...parts: readonly (string | number)[]): string {
  return ['/api/sessions', id, ...parts].map((part, index) => (index === 0 ? part : encodeURIComponent(part))).join('/');
}
