import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';
import { sure } from './lists.js';

const detector = createDetector({ dataTypes });

describe('wifi-list', () => {
  it('reads scan results as one list', () => {
    expect(
      sure({
        scan: [
          { mac: '3c:cd:5d:12:34:58', rssi: -50 },
          { mac: '3c:cd:5d:12:34:59', rssi: -60 },
        ],
      }),
    ).toEqual([['wifi_list', 'strong', 'body.$.scan']]);
    expect(sure({ wifis: '3c:cd:5d:12:34:58,-50;3c:cd:5d:12:34:59,-60' })).toEqual([['wifi_list', 'strong', 'body.$.wifis']]);
  });

  it('takes one router in a text that is called a list', () => {
    expect(sure({ wifiList: '[Example-3c:cd:5d:12:34:58]' })).toEqual([['wifi_list', 'strong', 'body.$.wifiList']]);
    expect(sure({ wifiList: '[Example-02:00:00:00:00:00]' }).map(([dataType]) => dataType)).not.toContain('wifi_list');
  });

  it('reads routers as they are received, with their signal, whatever is written between', () => {
    const macs = '3c:cd:5d:12:34:58,-55,Example-1|3c:cd:5d:12:34:59,-86,Example-2';
    expect(sure({ macs })).toEqual([['wifi_list', 'strong', 'body.$.macs']]);
    expect(sure({ wifinetworks: '3CCD5D123458:-65' })).toEqual([['wifi_list', 'strong', 'body.$.wifinetworks']]);
    expect(sure({ wifinetworks: '3CCD5D123458:-65,3CCD5D12345A:-70' })).toEqual([['wifi_list', 'strong', 'body.$.wifinetworks']]);
    expect(sure({ mmac: '3c:cd:5d:12:34:58,-55,Example' })).toEqual([['bssid', 'probable', 'body.$.mmac']]);
    expect(sure({ wifiNetworks: '3CCD5D123458:65' })).toEqual([]);
    expect(sure({ wifiMacs: ['3c:cd:5d:12:34:58'] })).toEqual([['mac_address', 'strong', 'body.$.wifiMacs[0]']]);
    expect(sure({ mmac: 'ffffffffffff,-55,Example' })).toEqual([]);
  });

  it('regression: five routers of a scan, each told as the address of the phone', () => {
    const wlan = [58, 59, 61].map((end) => ({ mac: `3c:cd:5d:12:34:${end}`, powrx: -end }));
    expect(sure({ wlan })).toEqual([['wifi_list', 'strong', 'body.$.wlan']]);
    const wifiAccessPoints = wlan.map(({ mac, powrx }) => ({ macAddress: mac, signalStrength: powrx }));
    expect(sure({ wifiAccessPoints })).toEqual([['wifi_list', 'strong', 'body.$.wifiAccessPoints']]);
  });

  it('hotspots_under_name: knows a list of routers by what carriers and makers call them', () => {
    const data = ['CMCC', 'ChinaNet-EXAM', 'Example 3'].map((name, index) => ({ mac: `3c:cd:5d:12:34:5${index}`, name }));
    expect(sure({ data })).toEqual([['wifi_list', 'strong', 'body.$.data']]);
    const phones = ['Example 1', 'Example 2', 'Xiaomi'].map((name, index) => ({ mac: `3c:cd:5d:12:34:5${index}`, name }));
    expect(sure({ data: phones }).map(([dataType]) => dataType)).not.toContain('wifi_list');
  });

  it('shows names beside addresses, and a text as it was sent', () => {
    const shownAs = (body: object) => detector.detect(decodeRequest(request({ body: JSON.stringify(body) })))[0]?.value;
    const scan = [58, 59].map((end) => ({ bssid: `3c:cd:5d:12:34:${end}`, ssid: `Example-${end}` }));
    expect(shownAs({ scan })).toBe('3c:cd:5d:12:34:58 Example-58,3c:cd:5d:12:34:59 Example-59');
    const macs = '3c:cd:5d:12:34:58,-55,Example-1|3c:cd:5d:12:34:59,-86,Example-2';
    expect(shownAs({ macs })).toBe(macs);
  });

  it('takes one that is received for a router, and the address beside a router for the phone’s', () => {
    expect(sure({ scan: [{ mac: '3c:cd:5d:12:34:58', rssi: -50 }] })).toEqual([['bssid', 'strong', 'body.$.scan[0].mac']]);
    expect(sure({ nics: [{ mac: '3c:cd:5d:12:34:58', level: 3 }] })).toEqual([['mac_address', 'strong', 'body.$.nics[0].mac']]);
    // A signal elsewhere in the element, or among all that describes a device, is its own.
    const address = { mac: '3c:cd:5d:12:34:58' };
    for (const one of [
      { own: address, radio: { rssi: -50 } },
      { ...address, rssi: -50, a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 },
    ])
      expect(
        sure({ nics: [one] }).filter(([dataType]) => dataType === 'bssid'),
        JSON.stringify(one),
      ).toEqual([]);
    const wifiInfo = { mac: '3c:cd:5d:12:34:58', bssid: '3c:cd:5d:12:34:59' };
    expect(sure({ wifiInfo })).toEqual([
      ['mac_address', 'strong', 'body.$.wifiInfo.mac'],
      ['bssid', 'strong', 'body.$.wifiInfo.bssid'],
    ]);
    expect(sure({ wifiInfo: { ...wifiInfo, bssid: wifiInfo.mac } }).map(([dataType]) => dataType)).toEqual(['bssid', 'bssid']);
  });

  it.each([
    ['router', { mac: '3c:cd:5d:12:34:58' }],
    ['gateway', { macAddress: '3c:cd:5d:12:34:58' }],
    ['connectedWifiMac', '3c:cd:5d:12:34:58'],
  ])('reads the address of a %s as a router’s', (name, value) => {
    expect(sure({ [name]: value }).map(([dataType]) => dataType)).toEqual(['bssid']);
  });

  it('takes the neighbours of a network for none of the phone’s own', () => {
    const arp = [{ ip: '192.168.1.2', mac: '3c:cd:5d:12:34:58' }];
    expect(sure({ arp }).map(([dataType]) => dataType)).not.toContain('mac_address');
  });

  it('regression: two events of one phone, told as a list of routers', () => {
    const event = { device: { mac: '3c:cd:5d:12:34:58' }, rssi: -50 };
    expect(sure({ events: [event, event] }).map(([dataType]) => dataType)).toEqual(['mac_address', 'mac_address']);
    const flat = { mac: '3c:cd:5d:12:34:58', rssi: -50, name: 'launch' };
    expect(sure({ events: [flat, flat] }).map(([dataType]) => dataType)).toEqual(['mac_address', 'mac_address']);
  });

  it('takes no other radio for Wi-Fi', () => {
    const found = [58, 59].map((end) => ({ address: `3c:cd:5d:12:34:${end}`, rssi: -end }));
    for (const name of ['bleDevices', 'bluetoothList', 'beacons', 'btScan'])
      expect(
        sure({ [name]: found }).map(([dataType]) => dataType),
        name,
      ).not.toContain('wifi_list');
    expect(sure({ bleMacs: '3c:cd:5d:12:34:58,-55|3c:cd:5d:12:34:59,-60' }).map(([dataType]) => dataType)).not.toContain('wifi_list');
  });

  it('wants two real addresses and a radio’s signs', () => {
    expect(sure({ scan: [{ mac: '3c:cd:5d:12:34:58', rssi: -50 }] }).map(([dataType]) => dataType)).not.toContain('wifi_list');
    expect(
      sure({
        wifiList: [
          { bssid: '02:00:00:00:00:00', rssi: 0 },
          { bssid: '00:00:00:00:00:00', rssi: 0 },
        ],
      }).map(([dataType]) => dataType),
    ).not.toContain('wifi_list');
    expect(sure({ printers: [{ mac: '3c:cd:5d:12:34:58' }, { mac: '3c:cd:5d:12:34:59' }] }).map(([dataType]) => dataType)).not.toContain(
      'wifi_list',
    );
  });

  it('takes a list of devices for no Wi-Fi unless it says so (bands_as_routers)', () => {
    const near = (name: string) => [
      { [name]: 'Band 7', mac: '3c:cd:5d:12:34:58', rssi: -60 },
      { [name]: 'AirPods', mac: '3c:cd:5d:12:34:59', rssi: -70 },
    ];
    expect(sure({ devices: near('name') })).toEqual([]);
    expect(sure({ devices: near('ssid') })[0]?.[0]).toBe('wifi_list');
  });
});
