import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deviceNotes } from '../../src/cli/device-notes.js';
import { StoreError } from '../../src/errors.js';
import { limits } from '../../src/limits.js';
import type { SeenDevice, Session } from '../../src/model/session.js';
import { session } from '../store/specimen.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const phone: SeenDevice = {
  address: '192.0.2.8',
  firstSeen: 50,
  lastSeen: 200,
  known: null,
  lights: { proxySet: true, downloaded: false, trusted: false },
};

function watched() {
  const state = {
    session: session('s1', { startedAt: 100 }) as Session,
    devices: [phone],
    disk: true,
    busy: false,
    kept: [] as Array<readonly [string, SeenDevice]>,
    problems: [] as unknown[],
  };
  const notes = deviceNotes({
    session: () => state.session,
    devices: () => state.devices,
    keep(id, device) {
      if (!state.disk) throw new StoreError('OVR_STORE_FULL', 'full', { next: 'make room' });
      if (state.busy) throw new StoreError('OVR_STORE_BUSY', 'held', { next: 'wait' });
      state.kept.push([id, device]);
    },
    onProblem: (problem) => void state.problems.push(problem),
  });
  return { state, notes };
}

test('what is new about a phone is kept with the session that runs, and nothing twice', () => {
  const { state, notes } = watched();
  vi.advanceTimersByTime(3 * limits.deviceNoteMs);
  // It was there before the session began: what it did then is not of this session.
  expect(state.kept).toEqual([['s1', { ...phone, firstSeen: 100 }]]);
  state.devices = [
    { ...phone, lastSeen: 900, known: 'Pixel 8 · Android 14' },
    { ...phone, address: '192.0.2.9', lastSeen: 99 },
  ];
  vi.advanceTimersByTime(limits.deviceNoteMs);
  expect(state.kept.slice(1)).toEqual([['s1', { ...phone, firstSeen: 100, lastSeen: 900, known: 'Pixel 8 · Android 14' }]]);
  state.devices = [{ ...phone, lastSeen: 950, known: 'Pixel 8 · Android 14' }];
  vi.advanceTimersByTime(limits.deviceNoteMs);
  expect(state.kept).toHaveLength(2);
  notes.note();
  expect(state.kept[2]?.[1].lastSeen, 'before the end all of it as it is then').toBe(950);
  notes.close();
});

test('the next session gets its own note; one that is over gets none', () => {
  const { state, notes } = watched();
  vi.advanceTimersByTime(limits.deviceNoteMs);
  state.session = session('s2', { startedAt: 150 });
  vi.advanceTimersByTime(limits.deviceNoteMs);
  expect(state.kept.map(([id]) => id)).toEqual(['s1', 's2']);
  state.session = session('s2', { startedAt: 150, status: 'ended', endedAt: 300 });
  state.devices = [{ ...phone, known: 'late' }];
  notes.note();
  vi.advanceTimersByTime(limits.deviceNoteMs);
  expect(state.kept).toHaveLength(2);
  notes.close();
  state.session = session('s3', { startedAt: 150 });
  vi.advanceTimersByTime(limits.deviceNoteMs);
  expect(state.kept).toHaveLength(2);
});

test('a look that meets somebody who writes waits for the next one without a word; before the end it says so', () => {
  const { state, notes } = watched();
  state.busy = true;
  vi.advanceTimersByTime(3 * limits.deviceNoteMs);
  expect(state.problems).toEqual([]);
  notes.note();
  expect(state.problems).toEqual([expect.objectContaining({ code: 'OVR_STORE_BUSY' })]);
  state.busy = false;
  vi.advanceTimersByTime(limits.deviceNoteMs);
  expect(state.kept).toHaveLength(1);
  notes.close();
});

test('a disk that refuses is told once, and the note is made up for', () => {
  const { state, notes } = watched();
  state.disk = false;
  vi.advanceTimersByTime(3 * limits.deviceNoteMs);
  expect(state.problems).toEqual([expect.objectContaining({ code: 'OVR_STORE_FULL' })]);
  state.disk = true;
  vi.advanceTimersByTime(limits.deviceNoteMs);
  expect(state.kept).toHaveLength(1);
  state.disk = false;
  notes.note();
  expect(state.problems).toHaveLength(2);
  notes.close();
});
