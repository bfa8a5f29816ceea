/**
 * Two tabs that stall while traffic arrives: one in which no script, timer or message runs any more, as on a laptop that sleeps, and a
 * peer that takes the feed and never reads it, as one behind a dead network does. The first is held by its debugger: the lifecycle
 * state `frozen` of the developer tools protocol does not stop a tab without a window.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { limits } from '../../src/limits.js';
import type { RunningProgram } from '../../test/integration/program.js';
import { openTab } from '../../test/live/browser.js';
import { residentMiB } from './figures.js';

const MiB = 2 ** 20;
/** A tab that woke up has this long until it counts what the server counts. */
const AWAKE_MS = 30_000;

export interface Stall {
  /** Wakes both; to be called when nothing is sent any more. @param stored exchanges that the server has. */
  wake(stored: () => Promise<number>): Promise<Record<string, unknown> & { readonly held: boolean }>;
}

export async function stall(browser: Browser, program: RunningProgram): Promise<Stall> {
  const { page, complaints } = await openTab(browser, program.ui, { language: 'en' });
  await page.locator('.row[aria-rowindex]').first().waitFor();
  const peer = await deaf(program, page);
  const shownAtFirst = await requests(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Debugger.enable');
  const halted = new Promise<string>((resolve) => {
    session.once('Debugger.paused', ({ callFrames }) => resolve(callFrames[0]?.callFrameId ?? ''));
  });
  await session.send('Debugger.pause');
  const frame = await halted;
  const began = Date.now();
  const before = residentMiB(program.pid);
  return {
    async wake(stored) {
      const lasted = Math.round((Date.now() - began) / 1_000);
      const grown = residentMiB(program.pid) - before;
      const shownWhileHeld = await asHeld(session, frame);
      const waking = Date.now();
      await session.send('Debugger.resume');
      await session.send('Debugger.disable');
      let shown = -1;
      let wanted = await stored();
      for (; Date.now() - waking < AWAKE_MS && shown !== wanted; wanted = await stored()) {
        shown = await requests(page);
        await page.waitForTimeout(50);
      }
      const took = Date.now() - waking;
      const read = await drain(peer);
      const bound = limits.feedBytes + KERNEL;
      return {
        held:
          shownWhileHeld < wanted &&
          shown === wanted &&
          complaints.length === 0 &&
          read.bytes <= bound &&
          (read.resync || read.bytes < limits.feedBytes),
        'stalled, s': lasted,
        'program RSS grown meanwhile, MiB': grown,
        'held tab': { shownAtFirst, shownWhileHeld, shown, stored: wanted, 'awake to exact totals, ms': took, complaints },
        'peer that never read': {
          'kept for it, MiB': Math.round((read.bytes / MiB) * 10) / 10,
          'bound, MiB': bound / MiB,
          resync: read.resync,
        },
      };
    },
  };
}

/** Both ends of a loopback connection may hold this much in the kernel before the program's own queue begins. */
const KERNEL = 12 * MiB;

/** What the tab that is held counts; only its debugger can read it. */
async function asHeld(session: CDPSession, callFrameId: string): Promise<number> {
  const expression = `[...document.querySelectorAll('.tabs button')].find((one) => one.textContent.includes('Requests')).querySelector('.count').textContent`;
  const { result } = await session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression });
  return Number(String(result.value).replaceAll(/\D/g, ''));
}

async function requests(page: Page): Promise<number> {
  return Number((await page.locator('.tabs button', { hasText: 'Requests' }).locator('.count').textContent())?.replaceAll(/\D/g, ''));
}

/** A peer that completes the handshake and then does not read. */
async function deaf(program: RunningProgram, page: Page): Promise<ReturnType<typeof connect>> {
  const { hostname, port, origin, host } = new URL(program.ui);
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const peer = connect(Number(port), hostname);
  peer.write(
    `GET /feed HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nCookie: ${cookies}\r\nUpgrade: websocket\r\n` +
      'Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  const [first] = (await once(peer, 'data')) as [Buffer];
  if (!first.toString('latin1').startsWith('HTTP/1.1 101'))
    throw new Error(`the feed was refused: ${first.toString('latin1').slice(0, 200)}`);
  peer.pause();
  return peer;
}

/** Reads all that was kept; where something was left out, it must be told to ask anew. */
async function drain(peer: ReturnType<typeof connect>): Promise<{ readonly bytes: number; readonly resync: boolean }> {
  let bytes = 0;
  let tail = '';
  let resync = false;
  peer.on('data', (part: Buffer) => {
    bytes += part.length;
    const text = tail + part.toString('latin1');
    resync ||= text.includes('{"type":"resync"');
    tail = text.slice(-40);
  });
  peer.resume();
  for (let seen = -1; seen !== bytes; ) {
    seen = bytes;
    await new Promise((resolve) => setTimeout(resolve, 4 * limits.feedDrainMs));
  }
  peer.destroy();
  return { bytes, resync };
}
