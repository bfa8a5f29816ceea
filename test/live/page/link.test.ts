import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Link } from '../../../src/live/page/link.js';

class FakeSocket {
  static readonly all: FakeSocket[] = [];
  onmessage: (event: { data: unknown }) => void = () => {};
  onclose: (event: { code: number }) => void = () => {};
  constructor() {
    FakeSocket.all.push(this);
  }
  close(): void {}
}

const said: string[] = [];
const newest = () => FakeSocket.all.at(-1)!;
let link: Link;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all.length = 0;
  said.length = 0;
  vi.stubGlobal('location', { host: 'localhost' });
  vi.stubGlobal('window', { setTimeout });
  vi.stubGlobal('WebSocket', FakeSocket);
  link = new Link({
    message: ({ type }) => said.push(type),
    up: () => said.push('up'),
    down: (crowded) => said.push(crowded ? 'crowded' : 'down'),
  });
  link.open();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('incident: a tab that was turned away said each time that it was connected and nothing was missing', () => {
  newest().onclose({ code: 1013 });
  expect(said).toEqual(['crowded']);
  vi.advanceTimersByTime(300);
  newest().onclose({ code: 1013 });
  // It asks less and less often.
  vi.advanceTimersByTime(300);
  expect(FakeSocket.all).toHaveLength(2);
  vi.advanceTimersByTime(700);
  newest().onmessage({ data: '{"type":"hello"}' });
  expect(said).toEqual(['crowded', 'crowded', 'up', 'hello']);
});

test('incident: a feed that died without a word was taken for a quiet one for as long as the tab was open', () => {
  newest().onmessage({ data: '{"type":"hello"}' });
  for (let n = 0; n < 4; n += 1) {
    vi.advanceTimersByTime(30_000);
    newest().onmessage({ data: '{"type":"alive"}' });
  }
  expect(said).toEqual(['up', 'hello', 'alive', 'alive', 'alive', 'alive']);
  const dead = newest();
  vi.advanceTimersByTime(95_000);
  expect(said.at(-1)).toBe('down');
  dead.onclose({ code: 1006 });
  expect(said.filter((word) => word === 'down')).toHaveLength(1);
  vi.advanceTimersByTime(300);
  expect(FakeSocket.all).toHaveLength(2);
});
