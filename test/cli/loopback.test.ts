import { expect, test } from 'vitest';
import { isLoopback } from '../../src/cli/loopback.js';

test('what only this machine reaches', () => {
  for (const host of ['127.0.0.1', '127.8.0.1', '::1', 'localhost']) expect(isLoopback(host), host).toBe(true);
  for (const host of ['0.0.0.0', '::', '192.168.1.7', '1.127.0.0', 'localhost.example']) expect(isLoopback(host), host).toBe(false);
});
