import { describe, expect, it } from 'vitest';
import { sure } from './lists.js';

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
});
