import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import type { LiveOptions } from '../../src/live/index.js';
import { type Opened, openTab, PAGE_DIR } from '../live/browser.js';
import type { FakeAudit } from '../live/fake-audit.js';
import { rideAudit } from '../live/ride.js';
import { type Started, startFake } from '../live/server.js';
import './patience.js';

export interface ShownRide {
  readonly audit: FakeAudit;
  readonly live: Started;
  readonly tab: Opened;
}

/** The example ride, served to a tab of its own, with its findings on the page; `builtPage` must have been called before. */
export async function showRide(browser: Browser, options: (audit: FakeAudit) => Partial<LiveOptions> = () => ({})): Promise<ShownRide> {
  const audit = await rideAudit(Date.now() - 160_000);
  const live = await startFake(audit, { pageDir: PAGE_DIR, ...options(audit) });
  const tab = await openTab(browser, live.url);
  await tab.page.locator('.row[aria-rowindex]').first().waitFor();
  return { audit, live, tab };
}

/** Ends both; nothing may have gone wrong in the tab. */
export async function closeRide({ live, tab }: Pick<ShownRide, 'live' | 'tab'>): Promise<void> {
  expect(tab.complaints).toEqual([]);
  await tab.context.close();
  await live.close();
}
