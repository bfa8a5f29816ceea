import { expect, test } from 'vitest';
import { isConnectivityCheck } from '../../src/capture/connectivity.js';

test('hosts that phones ask by themselves, and no name like them', () => {
  for (const host of ['captive.apple.com', 'ConnectivityCheck.gstatic.com', 'connect.rom.miui.com'])
    expect(isConnectivityCheck(host)).toBe(true);
  for (const host of ['apple.com', 'x.captive.apple.com', 'www.gstatic.com', '']) expect(isConnectivityCheck(host), host).toBe(false);
});
