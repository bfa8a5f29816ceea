import { describe, expect, test } from 'vitest';
import { connectionBounds, openFilesAllowed } from '../../src/capture/open-files.js';
import { limits } from '../../src/limits.js';

describe('what the system allows', () => {
  test('the soft limit counts', () => {
    const text =
      'Limit                     Soft Limit           Hard Limit           Units     \nMax open files            256                  4096                 files     \n';
    expect(openFilesAllowed(() => text)).toBe(256);
  });

  test('without an end', () => {
    expect(openFilesAllowed(() => 'Max open files            unlimited            unlimited            files\n')).toBeNull();
  });

  test("where there is no /proc, Node's own report says it", () => {
    const allowed = openFilesAllowed(() => {
      throw new Error('ENOENT');
    });
    const said = process.report.getReport() as unknown as {
      readonly userLimits?: { readonly open_files: { readonly soft: number | string } };
    };
    const soft = said.userLimits?.open_files.soft;
    expect(allowed).toBe(typeof soft === 'number' ? soft : null);
  });
});

describe('connections that fit', () => {
  test('a limit that leaves room for all changes nothing', () => {
    const all = { total: limits.connectionsTotal, perClient: limits.connectionsPerClient, openFiles: null };
    expect(connectionBounds(null)).toEqual(all);
    expect(connectionBounds(1_048_576)).toEqual(all);
  });

  test('each takes two descriptors, beside what everything else needs', () => {
    const bounds = connectionBounds(512);
    expect(bounds).toEqual({ total: (512 - limits.filesReserved) / 2, perClient: (512 - limits.filesReserved) / 2, openFiles: 512 });
    expect(bounds.total * limits.filesPerConnection + limits.filesReserved).toBeLessThanOrEqual(512);
  });

  test('where one client may have its share, and all together may not', () => {
    expect(connectionBounds(4_096)).toEqual({
      total: (4_096 - limits.filesReserved) / 2,
      perClient: limits.connectionsPerClient,
      openFiles: 4_096,
    });
  });

  test('never none', () => {
    expect(connectionBounds(64).total).toBe(1);
  });
});
