import { afterEach, expect, test, vi } from 'vitest';
import { bodyHits, isSearching, searchBodies } from '../../../src/live/page/body-search.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('incident: a search that was refused showed no hits and said nothing', async () => {
  const busy = { code: 'OVR_UI_BUSY', message: 'Too many searches wait already.', next: 'Wait a moment, then search again.' };
  vi.stubGlobal('window', { setTimeout, clearTimeout });
  vi.stubGlobal('fetch', async (path: string) =>
    path.includes('busy') ? Response.json(busy, { status: 429 }) : Response.json({ findings: ['f1'], depth: 2, cut: false, partly: 0 }),
  );
  searchBodies('s1', ['busy', 'imei']);
  await vi.waitFor(() => expect(bodyHits.value?.byText.get('imei')).toEqual(new Set(['f1'])));
  expect(bodyHits.value?.refused).toMatchObject({ code: 'OVR_UI_BUSY' });
  searchBodies('s1', ['imei']);
  await vi.waitFor(() => expect(bodyHits.value?.refused).toBeNull());
});

test('incident: before the answer, and where the server was away, no hits passed for none there', async () => {
  vi.stubGlobal('window', { setTimeout, clearTimeout });
  let go = () => {};
  vi.stubGlobal('fetch', () => new Promise((_, reject) => (go = () => reject(new TypeError('fetch failed')))));
  searchBodies('s1', ['oaid']);
  expect(isSearching.value).toBe(true);
  await vi.waitFor(() => {
    go();
    expect(isSearching.value).toBe(false);
  });
  expect(bodyHits.value?.refused).toMatchObject({ code: 'OVR_UI_LOST' });
});
