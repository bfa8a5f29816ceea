import { afterAll, describe, expect, test, vi } from 'vitest';
import { RULES_DIR } from '../../src/cli/place.js';
import { storeSink } from '../../src/cli/store-sink.js';
import { StoreError } from '../../src/errors.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { createAudit } from '../../src/session/audit.js';
import { openStore } from '../../src/store/index.js';
import { exchangeOf, sessionOf } from '../session/traffic.js';
import { commandLine } from './recorded-cli.js';

const { home, remove } = commandLine();
const store = openStore({ dir: home });
afterAll(() => {
  store.close();
  remove();
});

test('what an audit finds is stored, and judging again replays all of it from the store', () => {
  const session = sessionOf({ subject: { ...sessionOf().subject, categories: {} } });
  store.createSession(session, { pack: 'cn-2021', version: '1', sha256: '0' });
  const sink = storeSink(store, store.writer(session.id), session.id);
  const audit = createAudit({ session, rulebook: loadRulebook({ dir: RULES_DIR }), persona: null, tagKey: new Uint8Array(32), sink });
  for (const seq of [0, 1, 2]) audit.exchange(exchangeOf(seq, 'https://api.example.test/', '{"imei":"490154203237518"}'));
  audit.change({ categories: { main: ['news'] } });
  audit.drain();
  sink.commit();
  const stored = store.findings(session.id).find((finding) => finding.dataType === 'imei');
  expect(stored).toMatchObject({ count: 3, verdict: 'beyond_necessary' });
  expect(store.occurrences(session.id, stored?.id ?? '')).toHaveLength(3);
  expect(store.session(session.id)?.subject.categories).toEqual({ main: ['news'] });
  expect(store.traffic(session.id).exchanges).toBe(3);
});

test('incident: a message whose analysis failed in a running session was told on its page only, and the report said that all was looked through', () => {
  const session = sessionOf({ id: 'failed' });
  store.createSession(session, { pack: 'cn-2021', version: '1', sha256: '0' });
  const sink = storeSink(store, store.writer(session.id), session.id);
  const audit = createAudit({ session, rulebook: loadRulebook({ dir: RULES_DIR }), persona: null, tagKey: new Uint8Array(32), sink });
  audit.exchange(exchangeOf(0, 'https://api.example.test/'));
  audit.dropped('up');
  audit.drain();
  sink.commit();
  expect(audit.counters().notAnalysed).toBe(1);
  expect(store.traffic(session.id).notAnalysed).toBe(1);
});

describe('incident: what a tester said while the disk or another process refused was said to be refused, and held in part', () => {
  function running(id: string) {
    const session = sessionOf({ id, subject: { ...sessionOf().subject, categories: {} } });
    store.createSession(session, { pack: 'cn-2021', version: '1', sha256: '0' });
    const writer = store.writer(id);
    const sink = storeSink(store, writer, id);
    const audit = createAudit({ session, rulebook: loadRulebook({ dir: RULES_DIR }), persona: null, tagKey: new Uint8Array(32), sink });
    const send = (seq: number) => audit.exchange(exchangeOf(seq, 'https://api.example.test/', '{"imei":"490154203237518"}'));
    const imei = () => {
      audit.drain();
      sink.commit();
      return store.findings(id).find(({ dataType }) => dataType === 'imei');
    };
    return { audit, sink, writer, send, imei };
  }

  test('a category that could not be judged by is not chosen, and what was found before is still counted', () => {
    const { audit, writer, send, imei } = running('category');
    send(0);
    send(1);
    const full = new StoreError('OVR_STORE_FULL', 'The disk is full.', { next: 'Make room.' });
    const flush = vi.spyOn(writer, 'flush').mockReturnValue({ written: 0, waiting: 1, lost: 0, error: full });
    expect(() => audit.change({ categories: { main: ['news'] } })).toThrow(full);
    flush.mockRestore();
    send(2);
    expect(audit.session().subject.categories).toEqual({});
    expect(imei()).toMatchObject({ count: 3, verdict: 'not_judged' });
    audit.change({ categories: { main: ['news'] } });
    expect(imei()).toMatchObject({ count: 3, verdict: 'beyond_necessary' });
  });

  test('a scene that was marked holds, and is stored when the database is free', () => {
    const { audit, sink } = running('scene');
    const busy = new StoreError('OVR_STORE_BUSY', 'Another process holds the database.', { next: 'Wait.' });
    const update = vi.spyOn(store, 'updateSession').mockImplementation(() => {
      throw busy;
    });
    expect(audit.markScene('登录', 'consented', 5).scenes).toHaveLength(1);
    expect(() => sink.commit()).toThrow(busy);
    expect(store.session('scene')?.scenes).toEqual([]);
    update.mockRestore();
    sink.commit();
    expect(store.session('scene')?.scenes).toMatchObject([{ name: '登录', consent: 'consented' }]);
  });
});

describe('incident: a process that died while a full disk kept back its records left a session that looked whole', () => {
  const full = new StoreError('OVR_STORE_FULL', 'The disk is full.', { next: 'Make room.' });
  const refused = { written: 0, waiting: 1, lost: 0, error: full };

  function ending(id: string) {
    const session = sessionOf({ id });
    store.createSession(session, { pack: 'cn-2021', version: '1', sha256: '0' });
    const writer = store.writer(id);
    const sink = storeSink(store, writer, id);
    const flush = vi.spyOn(writer, 'flush').mockReturnValue(refused);
    sink.session({ ...session, status: 'ended', endedAt: 5 });
    return { sink, flush, writer, status: () => store.session(id)?.status };
  }

  test('it counts as ended when the disk has taken all of it', () => {
    const { sink, flush, status } = ending('kept');
    expect(status()).toBe('running');
    expect(() => sink.commit()).toThrow(full);
    expect(status()).toBe('running');
    flush.mockRestore();
    sink.commit();
    expect(status()).toBe('ended');
  });

  test('or when what it did not take is counted as lost', () => {
    const { sink, flush, writer, status } = ending('lost');
    vi.spyOn(writer, 'abandon').mockReturnValue(7);
    expect(sink.abandon()).toBe(7);
    expect(status()).toBe('running');
    flush.mockRestore();
    expect(sink.abandon()).toBe(7);
    expect(status()).toBe('ended');
  });

  test('an end that waits for nothing is stored at once', () => {
    const session = sessionOf({ id: 'whole' });
    store.createSession(session, { pack: 'cn-2021', version: '1', sha256: '0' });
    storeSink(store, store.writer('whole'), 'whole').session({ ...session, status: 'ended', endedAt: 5 });
    expect(store.session('whole')?.status).toBe('ended');
  });
});
