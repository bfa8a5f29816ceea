import { expect, test } from 'vitest';
import { defaultPageDir, readAssets } from '../../src/live/assets.js';
import { pageFolder } from './server.js';

test('files of known kinds are read once, under their URL path', () => {
  const page = pageFolder();
  const assets = readAssets(page.dir);
  page.remove();
  expect([...assets.keys()].sort()).toEqual(['/assets/page.js', '/index.html']);
  expect(assets.get('/assets/page.js')).toMatchObject({ type: 'text/javascript; charset=utf-8' });
  expect(assets.get('/assets/page.js')?.bytes.toString()).toBe('export {};');
});

test('a page that was not built is a coded error with the command to run', () => {
  expect(() => readAssets('/nowhere')).toThrow(
    expect.objectContaining({ code: 'OVR_UI_NOT_BUILT', next: expect.stringContaining('npm run build') }),
  );
});

test('the default folder is a page folder', () => {
  expect(defaultPageDir()).toMatch(/live\/page\/$/);
});
