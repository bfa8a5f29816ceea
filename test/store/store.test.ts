import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { EMPTY_BODY } from '../../src/model/exchange.js';
import { openStore, retentionEdge, type Store } from '../../src/store/store.js';
import { lacking } from '../lacking.js';
import { connection, dataFolder, exchange, finding, message, occurrence, RULES, removeFolders, row, session } from './specimen.js';

const open: Store[] = [];
function store(dir = dataFolder(), readOnly = false): Store {
  const opened = openStore({ dir, readOnly });
  open.push(opened);
  return opened;
}
afterEach(() => {
  for (const opened of open.splice(0)) opened.close();
  removeFolders();
});

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : `no code: ${String(error)}`;
  }
  return 'nothing thrown';
}

describe('sessions', () => {
  test('come back as they were given, and changed', () => {
    const db = store();
    const first = session();
    db.createSession(first, RULES);
    expect(db.session('s1')).toEqual(first);
    const changed = session('s1', { device: 'iPhone', status: 'ended', endedAt: first.startedAt + 5, scenes: [] });
    db.updateSession(changed);
    expect(db.session('s1')).toEqual(changed);
    expect(db.session('none')).toBeNull();
    expect(codeOf(() => db.createSession(first, RULES))).toBe('OVR_STORE_DUPLICATE');
    expect(codeOf(() => db.findings('none'))).toBe('OVR_STORE_NO_SESSION');
  });

  test('are listed newest first, with counts that leave candidates out', () => {
    const db = store();
    db.createSession(session('old'), RULES);
    db.createSession(session('new', { startedAt: 1_800_000_100_000 }), RULES);
    const writer = db.writer('old');
    for (const seq of [0, 1]) writer.exchange(exchange(seq), row(exchange(seq)));
    writer.finding(finding('f1'));
    writer.finding(finding('f2', { grade: 'candidate', verdict: 'not_judged' }));
    writer.flush();
    const expected = { exchanges: 2, findings: 1, byVerdict: { beyond_necessary: 1 }, bytesUp: 200, bytesDown: 100, rules: RULES };
    expect(db.sessions().map((line) => line.session.id)).toEqual(['new', 'old']);
    expect(db.sessions()[1]).toMatchObject(expected);
    // What the audit of a running session has counted is taken as it is; of another session it says nothing.
    const running = { session: 'old', exchanges: 7, bytesUp: 8, bytesDown: 9 };
    expect(db.sessions(running)[1]).toMatchObject({ ...expected, exchanges: 7, bytesUp: 8, bytesDown: 9 });
    expect(db.sessions({ ...running, session: 'new' })[1]).toMatchObject(expected);
    db.updateSession(session('old', { status: 'ended', endedAt: 1_800_000_000_009 }));
    expect(db.sessionRow('old')).toMatchObject(expected);
    expect(db.sessions(running)[1]).toMatchObject(expected);
    // Written to after its end (judged again): the kept counts may not go stale.
    writer.finding(finding('f3', { verdict: 'necessary' }));
    writer.flush();
    expect(db.sessionRow('old')).toMatchObject({ findings: 2, byVerdict: { beyond_necessary: 1, necessary: 1 } });
    expect(db.latestSession()?.id).toBe('new');
  });
});

describe('one session', () => {
  test('everything written is read again, after closing, too', () => {
    const dir = dataFolder();
    const db = openStore({ dir });
    db.createSession(session(), RULES);
    const writer = db.writer('s1');
    const odd = exchange(0, {
      request: { ...exchange(0).request, body: EMPTY_BODY, headers: [['X-Odd', 'a\u0000b\ud800']] },
      response: null,
      messages: [message(0, 'hello'), message(1, '')],
      failure: { code: 'client-left', detail: 'x' },
      warnings: [{ code: 'host-mismatch', detail: 'y' }],
    });
    writer.exchange(odd, row(odd));
    writer.exchange(exchange(1), row(exchange(1)));
    writer.finding(finding('f1'));
    writer.occurrence('f1', occurrence(1, '860000000000017'));
    writer.occurrence('f1', occurrence(0, '860000000000017\u0000'));
    writer.connection(connection('c1'));
    writer.limit('decodeDepth', 2);
    writer.limit('decodeDepth');
    writer.notAnalysed(3);
    expect(writer.flush()).toEqual({ written: 8, waiting: 0, lost: 0, error: null });
    db.close();

    const again = store(dir);
    expect(again.exchange('s1', 0)).toEqual(odd);
    expect([...again.exchanges('s1')]).toEqual([odd, exchange(1)]);
    expect(again.exchange('s1', 7)).toBeNull();
    expect(again.findings('s1')).toEqual([finding('f1')]);
    expect(again.occurrences('s1', 'f1').map((piece) => piece.exchange)).toEqual([0, 1]);
    expect(again.occurrences('s1', 'f1', { offset: 1, limit: 1 })).toEqual([occurrence(1, '860000000000017')]);
    expect(again.evidenceOf('s1', 1)).toEqual([{ finding: 'f1', occurrence: occurrence(1, '860000000000017') }]);
    expect(again.connections('s1')).toEqual([connection('c1')]);
    expect(again.traffic('s1')).toEqual({
      apps: [],
      exchanges: 2,
      bytesUp: 200,
      bytesDown: 100,
      notAnalysed: 3,
      truncated: 0,
      hosts: [{ host: 'api.demo.test', exchanges: 2, bytesUp: 200, bytesDown: 100 }],
      limitsReached: { decodeDepth: 3 },
      hiddenCandidates: 0,
      upTo: 2,
      notStored: 0,
      payloads: { sent: 0, closed: 0 },
    });
    expect(again.check()).toEqual([]);
  });
});

describe('the data folder', () => {
  test.skipIf(lacking(process.platform !== 'win32', 'rights of files by POSIX'))('is closed to others, whatever the umask', () => {
    const before = process.umask(0);
    try {
      const dir = join(dataFolder(), 'inner');
      const db = store(dir);
      db.createSession(session(), RULES);
      expect(statSync(dir).mode & 0o777).toBe(0o700);
      for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).mode & 0o077, name).toBe(0);
    } finally {
      process.umask(before);
    }
  });

  test('keeps settings', () => {
    const dir = dataFolder();
    const db = store(dir);
    db.setSetting('language', 'en');
    db.setSetting('language', 'zh-CN');
    const other = store(dir);
    expect(other.setting('language')).toBe('zh-CN');
    expect(other.setting('none')).toBeNull();
  });

  test('can be read beside the process that writes, and is not written then', () => {
    const dir = dataFolder();
    const db = store(dir);
    db.createSession(session(), RULES);
    const reader = store(dir, true);
    const writer = db.writer('s1');
    writer.exchange(exchange(0), row(exchange(0)));
    writer.flush();
    expect(reader.exchangeRows('s1', {}).total).toBe(1);
    for (const write of [
      () => reader.createSession(session('x'), RULES),
      () => reader.updateSession(session()),
      () => reader.deleteSession('s1'),
      () => reader.purge(0),
      () => reader.markInterrupted(),
      () => reader.writer('s1'),
      () => reader.setSetting('a', 'b'),
    ])
      expect(codeOf(write)).toBe('OVR_STORE_READ_ONLY');
  });

  test('two stores may write at once', () => {
    const dir = dataFolder();
    const [a, b] = [store(dir), store(dir)];
    a.createSession(session('a'), RULES);
    b.createSession(session('b'), RULES);
    const [wa, wb] = [a.writer('a'), b.writer('b')];
    for (let seq = 0; seq < 50; seq++) {
      wa.exchange(exchange(seq), row(exchange(seq)));
      wb.exchange(exchange(seq), row(exchange(seq)));
      wa.flush();
      wb.flush();
    }
    expect(a.traffic('b').exchanges).toBe(50);
    expect(b.traffic('a').exchanges).toBe(50);
    expect(a.check()).toEqual([]);
  });
});

describe('deletion', () => {
  const SECRET = '13900001234-planted-Zq9';

  function planted(dir: string): string[] {
    return readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(SECRET))
      .map((entry) => entry.name);
  }

  function record(db: Store, id: string): void {
    db.createSession(session(id, { status: 'ended', endedAt: 1_800_000_000_001 }), RULES);
    const writer = db.writer(id);
    for (let seq = 0; seq < 40; seq++) {
      const one = exchange(seq, {
        request: { ...exchange(seq).request, url: `https://a.test/?p=${SECRET}`, headers: [['X', SECRET]] },
        messages: [message(0, SECRET)],
      });
      writer.exchange(one, row(one), { request: `${SECRET} text`, response: SECRET });
      writer.occurrence('f', occurrence(seq, SECRET));
    }
    writer.finding(finding('f', { party: { ...finding('f').party, host: SECRET } }));
    writer.connection(connection('c', { host: SECRET }));
    writer.limit(SECRET);
    writer.flush();
  }

  test('takes the values from database, log and index', () => {
    const dir = dataFolder();
    const db = store(dir);
    record(db, 's1');
    db.createSession(session('kept'), RULES);
    expect(planted(dir)).not.toEqual([]);
    expect(db.deleteSession('s1')).toEqual({ sessions: 1, complete: true });
    expect(planted(dir)).toEqual([]);
    expect(db.sessions().map((line) => line.session.id)).toEqual(['kept']);
    expect(db.check()).toEqual([]);
  });

  test('by age leaves running and younger sessions', () => {
    const db = store();
    db.createSession(session('old', { startedAt: 1_000, status: 'ended', endedAt: 2_000 }), RULES);
    db.createSession(session('running', { startedAt: 1_000 }), RULES);
    db.createSession(session('young', { status: 'ended' }), RULES);
    expect(db.purge(retentionEdge(1_000 + 31 * 86_400_000, 30)).sessions).toBe(1);
    expect(db.sessions().map((line) => line.session.id)).toEqual(['young', 'running']);
    expect(codeOf(() => db.deleteSession('running'))).toBe('OVR_STORE_RUNNING');
  });

  test('that was broken off is finished by the next process', () => {
    const dir = dataFolder();
    const db = openStore({ dir });
    record(db, 's1');
    db.close();
    execFileSync(process.execPath, [
      '--input-type=module',
      '-e',
      `import Sqlite from 'better-sqlite3'; new Sqlite(${JSON.stringify(join(dir, 'overreach.sqlite'))}).exec('update session set doomed = 1')`,
    ]);
    const next = store(dir);
    expect(next.session('s1')).toBeNull();
    expect(planted(dir)).toEqual([]);
  });
});

describe('a process that dies', () => {
  test('leaves its session interrupted, and one that lives keeps its own', () => {
    const dir = dataFolder();
    const script = `
      import { openStore } from ${JSON.stringify(new URL('../../src/store/store.ts', import.meta.url).href)};
      const store = openStore({ dir: ${JSON.stringify(dir)} });
      store.createSession(${JSON.stringify(session('dead'))}, ${JSON.stringify(RULES)});
      const writer = store.writer('dead');
      const e = ${JSON.stringify({ ...exchange(5), request: { ...exchange(5).request, body: null } })};
      e.request.body = { bytes: new Uint8Array(0), size: 0, sha256: '', truncated: false };
      e.response = null;
      writer.exchange(e, ${JSON.stringify(row(exchange(5), { at: 1_800_000_009_000 }))});
      writer.flush();
      process.kill(process.pid, 'SIGKILL');
    `;
    expect(() => execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: 'pipe' })).toThrow(
      /SIGKILL|Command failed/,
    );
    const db = store(dir);
    db.createSession(session('alive'), RULES);
    const other = store(dir);
    expect(other.markInterrupted()).toBe(1);
    expect(other.session('dead')).toMatchObject({ status: 'interrupted', endedAt: 1_800_000_009_000 });
    expect(other.session('alive')).toMatchObject({ status: 'running' });
    expect(other.exchange('dead', 5)?.request.url).toBe(exchange(5).request.url);
    expect(other.check()).toEqual([]);
    expect(other.markInterrupted()).toBe(0);
    expect(readdirSync(join(dir, 'locks'))).toHaveLength(1);
  });
});
