import { describe, expect, test } from 'vitest';
import { AddressPolicy, type AddressPolicyOptions, expandIpv6, isHostName, plainAddress } from '../../src/capture/address-policy.js';
import { CaptureError } from '../../src/errors.js';

function policy(options: Partial<AddressPolicyOptions> = {}): AddressPolicy {
  return new AddressPolicy({
    allowLoopback: false,

    own: () => [],
    localAddresses: () => ['127.0.0.1', '::1', '192.168.7.7', 'fd12::7'],
    ...options,
  });
}

async function codeOf(judge: AddressPolicy, host: string, port = 443): Promise<string> {
  try {
    await judge.destination(host, port);
    return 'allowed';
  } catch (error) {
    return error instanceof CaptureError ? error.code : String(error);
  }
}

describe('destinations', () => {
  test.each([
    ['127.0.0.1', 'OVR_DESTINATION_LOOPBACK'],
    ['127.9.9.9', 'OVR_DESTINATION_LOOPBACK'],
    ['localhost', 'OVR_DESTINATION_LOOPBACK'],
    ['::1', 'OVR_DESTINATION_LOOPBACK'],
    ['::ffff:127.0.0.1', 'OVR_DESTINATION_NUMERIC'],
    ['::ffff:7f00:1', 'OVR_DESTINATION_NUMERIC'],
    ['0:0:0:0:0:ffff:7f00:1', 'OVR_DESTINATION_NUMERIC'],
    ['::127.0.0.1', 'OVR_DESTINATION_LOOPBACK'],
    ['64:ff9b::7f00:1', 'OVR_DESTINATION_LOOPBACK'],
    ['2002:7f00:1::', 'OVR_DESTINATION_LOOPBACK'],
    ['0.0.0.0', 'OVR_DESTINATION_UNSPECIFIED'],
    ['0.1.2.3', 'OVR_DESTINATION_UNSPECIFIED'],
    ['::', 'OVR_DESTINATION_UNSPECIFIED'],
    ['2130706433', 'OVR_DESTINATION_NUMERIC'],
    ['0x7f000001', 'OVR_DESTINATION_NUMERIC'],
    ['0177.0.0.1', 'OVR_DESTINATION_NUMERIC'],
    ['127.1', 'OVR_DESTINATION_NUMERIC'],
    ['127.0.0.1.', 'OVR_DESTINATION_NUMERIC'],
    ['a.0x1', 'OVR_DESTINATION_NUMERIC'],
    ['169.254.169.254', 'OVR_DESTINATION_LINK_LOCAL'],
    ['100.100.100.200', 'OVR_DESTINATION_LINK_LOCAL'],
    ['168.63.129.16', 'OVR_DESTINATION_LINK_LOCAL'],
    ['fd00:ec2::254', 'OVR_DESTINATION_LINK_LOCAL'],
    ['fe80::1', 'OVR_DESTINATION_LINK_LOCAL'],
    ['224.0.0.1', 'OVR_DESTINATION_MULTICAST'],
    ['255.255.255.255', 'OVR_DESTINATION_MULTICAST'],
    ['ff02::1', 'OVR_DESTINATION_MULTICAST'],
    ['a b', 'OVR_DESTINATION_MALFORMED'],
    ['', 'OVR_DESTINATION_MALFORMED'],
    ['a/../b', 'OVR_DESTINATION_MALFORMED'],
    ['10.0.0.1', 'allowed'],
    ['192.168.1.20', 'allowed'],
    ['8.8.8.8', 'allowed'],
    ['2001:db8::1', 'allowed'],
  ])('%s: %s', async (host, code) => {
    expect(await codeOf(policy(), host)).toBe(code);
  });

  test('loopback opens only when asked for, and link-local stays shut', async () => {
    const open = policy({ allowLoopback: true });
    expect(await codeOf(open, '127.0.0.1')).toBe('allowed');
    expect(await codeOf(open, '169.254.169.254')).toBe('OVR_DESTINATION_LINK_LOCAL');
    expect(await codeOf(open, '0.0.0.0')).toBe('OVR_DESTINATION_UNSPECIFIED');
  });

  test('our own listeners are refused by every address of this machine, loopback allowed or not', async () => {
    const own = policy({
      allowLoopback: true,
      own: () => [
        { host: '127.0.0.1', port: 9001 },
        { host: '0.0.0.0', port: 9002 },
      ],
    });
    for (const host of ['127.0.0.1', '127.0.0.2', 'localhost', '::1', '192.168.7.7', 'fd12::7', '0.0.0.0']) {
      expect(await codeOf(own, host, 9001)).toBe('OVR_DESTINATION_OWN');
      expect(await codeOf(own, host, 9002)).toBe('OVR_DESTINATION_OWN');
    }
    expect(await codeOf(own, '192.168.7.7', 9003)).toBe('allowed');
  });

  test('a name is judged by what it resolves to, and only judged addresses are returned', async () => {
    const answers: Record<string, string[]> = {
      'rebind.example': ['127.0.0.1'],
      'mixed.example': ['::ffff:127.0.0.1', '203.0.113.5'],
      'none.example': [],
    };
    const judge = policy({
      resolve: async (host) => (answers[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    });
    expect(await codeOf(judge, 'rebind.example')).toBe('OVR_DESTINATION_LOOPBACK');
    expect(await judge.destination('mixed.example', 80)).toEqual([{ address: '203.0.113.5', family: 4 }]);
    expect(await codeOf(judge, 'none.example')).toBe('OVR_DNS');
  });

  test('a NAT64 address is judged by what is inside and connected to as it is', async () => {
    const judge = policy({ resolve: async () => [{ address: '64:FF9B::808:808', family: 6 }] });
    expect(await judge.destination('v4only.example', 443)).toEqual([{ address: '64:ff9b::808:808', family: 6 }]);
    expect(await policy().destination('[2001:DB8::1]', 443)).toEqual([{ address: '2001:db8::1', family: 6 }]);
  });

  test.each([0, -1, 65_536, 1.5, Number.NaN])('port %s is none', async (port) => {
    expect(await codeOf(policy(), '8.8.8.8', port)).toBe('OVR_DESTINATION_MALFORMED');
  });
});

describe('peers', () => {
  test.each([
    ['192.168.1.2', true],
    ['::ffff:192.168.1.2', true],
    ['10.1.1.1', true],
    ['172.31.0.1', true],
    ['100.64.0.1', true],
    ['127.0.0.1', true],
    ['fe80::1%eth0', true],
    ['fd00::5', true],
    ['172.32.0.1', false],
    ['8.8.8.8', false],
    ['::ffff:8.8.8.8', false],
    ['203.0.113.9', false],
    ['2001:db8::1', false],
    ['', false],
    ['nonsense', false],
  ])('%s: %s', (address, allowed) => {
    expect(policy().allowsPeer(address)).toBe(allowed);
  });

  test('this machine itself may, whatever its address, and everyone may when asked for', () => {
    expect(policy({ localAddresses: () => ['198.51.100.3'] }).allowsPeer('198.51.100.3')).toBe(true);
    expect(policy({ allowedPeers: ['any'] }).allowsPeer('8.8.8.8')).toBe(true);
  });

  test('those that are named, and this machine, and no other private address', () => {
    const named = policy({
      allowedPeers: ['192.168.1.20', '10.1.0.0/16', 'fd00::/8', '203.0.113.7'],
      localAddresses: () => ['192.168.9.9'],
    });
    for (const yes of ['192.168.1.20', '::ffff:192.168.1.20', '10.1.255.1', 'fd00::1', '203.0.113.7', '127.0.0.1', '::1', '192.168.9.9'])
      expect(named.allowsPeer(yes), yes).toBe(true);
    for (const no of ['192.168.1.21', '10.2.0.1', 'fe80::1', '203.0.113.8', '']) expect(named.allowsPeer(no), no).toBe(false);
    for (const bad of ['192.168.1', 'host.example', '10.0.0.0/33', '::/129', '10.0.0.0/8/8', ''])
      expect(() => policy({ allowedPeers: [bad] }), bad).toThrow(expect.objectContaining({ code: 'OVR_ALLOW_PEER' }));
  });
});

test('incident: an app that tried a dead host again and again held up the look-ups of all others', async () => {
  const asked: string[] = [];
  const answers: Array<() => void> = [];
  const judge = policy({
    lookup: (host) => {
      asked.push(host);
      return new Promise((resolve) => answers.push(() => resolve([{ address: '203.0.113.5', family: 4 }])));
    },
  });
  const both = Promise.all([judge.destination('dead.test', 443), judge.destination('dead.test', 80)]);
  await Promise.resolve();
  expect(asked).toEqual(['dead.test']);
  for (const answer of answers) answer();
  expect(await both).toEqual(Array.from({ length: 2 }, () => [{ address: '203.0.113.5', family: 4 }]));
  void judge.destination('dead.test', 443);
  expect(asked, 'the next one is asked anew: an answer is of its moment').toEqual(['dead.test', 'dead.test']);
});

test('plain forms of addresses', () => {
  expect(plainAddress('[::FFFF:10.0.0.1]')).toEqual({ address: '10.0.0.1', family: 4 });
  expect(plainAddress('FE80::1%2')).toEqual({ address: 'fe80::1', family: 6 });
  expect(plainAddress('::1')).toEqual({ address: '::1', family: 6 });
  expect(plainAddress('host')).toBeNull();
  expect(expandIpv6('1::2')).toEqual([1, 0, 0, 0, 0, 0, 0, 2]);
  expect(expandIpv6('::1.2.3.4')).toEqual([0, 0, 0, 0, 0, 0, 0x102, 0x304]);
});

test('host names', () => {
  for (const good of ['a', 'a-b.c_d.example', 'xn--fsq.cn', 'a.example.', '::1', '1.2.3.4']) expect(isHostName(good), good).toBe(true);
  for (const bad of ['', '-a', 'a..b', '<b>', 'a b', 'a\r\nb', `${'a'.repeat(64)}.b`, `${'a.'.repeat(127)}bc`, 'é'])
    expect(isHostName(bad), bad).toBe(false);
});
