import { describe, expect, it } from 'vitest';
import { sure } from './lists.js';

const usual = {
  os: 'Android',
  os_version: '11',
  device_model: 'SM-G9910',
  screen_size: '1080x2340',
  lang: 'zh-CN',
  carrier: '46001',
  network_type: 'wifi',
};

describe('fingerprint', () => {
  it('wants hardware values beyond what every request carries', () => {
    expect(sure(usual).map(([dataType]) => dataType)).not.toContain('device_fingerprint');
    expect(sure({ ...usual, cpu_abi: 'arm64-v8a', total_memory: '5821', battery_level: '87' })).toContainEqual([
      'device_fingerprint',
      'probable',
      'body',
    ]);
  });

  it('regression: switches that half of all phones have alike were called a fingerprint', () => {
    const switches = { has_nfc: true, bluetooth_enabled: 1, is_charging: '0', cpu_abi: 'arm64-v8a' };
    expect(sure({ ...usual, ...switches }).map(([dataType]) => dataType)).not.toContain('device_fingerprint');
    expect(sure({ ...usual, a: { cpu_abi: 'x86' }, b: { cpu_abi: 'x86' }, c: { cpu_abi: 'x86' } }).map(([type]) => type)).not.toContain(
      'device_fingerprint',
    );
  });
});
