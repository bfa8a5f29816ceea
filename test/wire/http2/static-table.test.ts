import { expect, it } from 'vitest';
import { STATIC_TABLE } from '../../../src/wire/http2/static-table.js';

it('has the 61 entries of RFC 7541 Appendix A at their places', () => {
  expect(STATIC_TABLE).toHaveLength(61);
  expect(STATIC_TABLE[8 - 1]).toEqual([':status', '200']);
  expect(STATIC_TABLE[16 - 1]).toEqual(['accept-encoding', 'gzip, deflate']);
  expect(STATIC_TABLE[32 - 1]).toEqual(['cookie', '']);
  expect(STATIC_TABLE[38 - 1]).toEqual(['host', '']);
  expect(STATIC_TABLE[58 - 1]).toEqual(['user-agent', '']);
  expect(STATIC_TABLE[61 - 1]).toEqual(['www-authenticate', '']);
});
