import { expect, test } from 'vitest';
import { intentOf } from '../../../src/live/page/keys.js';

const key = (name: string, patch = {}) => intentOf({ key: name, modified: false, typing: false, afterScene: false, ...patch });

test('every key of the help does something', () => {
  expect(['j', 'k', 'Enter', 'Escape', '/', '?', 's', 'm', 'n'].map((name) => key(name)?.do)).toEqual([
    'move',
    'move',
    'open',
    'back',
    'filter',
    'help',
    'scene',
    'reveal',
    'new',
  ]);
  expect([key('j'), key('k')]).toEqual([
    { do: 'move', by: 1 },
    { do: 'move', by: -1 },
  ]);
});

test('digits choose a view, and after s a scene', () => {
  expect(key('3')).toEqual({ do: 'view', index: 2 });
  expect(key('3', { afterScene: true })).toEqual({ do: 'mark', index: 2 });
  expect(key('0')).toBeNull();
});

test('while text is typed only Escape counts; with Ctrl nothing does', () => {
  expect(['j', '/', 's', 'm', '1', 'Enter'].map((name) => key(name, { typing: true }))).toEqual([null, null, null, null, null, null]);
  expect(key('Escape', { typing: true })).toEqual({ do: 'back' });
  expect(key('k', { modified: true })).toBeNull();
});
