import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CertificateAuthority, openAuthority } from '../../../src/capture/certificate-authority.js';
import { type PageFacts, type PageId, renderPage } from '../../../src/capture/onboarding/pages.js';

let authority: CertificateAuthority;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'overreach-pages-'));
  authority = await openAuthority(folder);
  rmSync(folder, { recursive: true });
});

function page(id: PageId, facts: Partial<PageFacts> = {}): string {
  return renderPage(id, {
    language: 'zh-CN',
    platform: 'other',
    browser: 'other',
    authority,
    magicHost: 'overreach.test',
    proxy: '192.168.1.5:8080',
    probe: 'https://overreach.test/probe.gif',
    ...facts,
  });
}

describe.each(['zh-CN', 'en'] as const)('%s', (language) => {
  test.each(['start', 'ios', 'android', 'harmony', 'cleanup'] as const)(
    '%s is a page without inline script, style or a foreign address',
    (id) => {
      const html = page(id, { language });
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).not.toMatch(/<script>|<style|style=|\son\w+=|undefined|\{\{/);
      expect([...html.matchAll(/(?:src|href)="([^"]*)"/g)].every((match) => match[1]?.startsWith('/'))).toBe(true);
      expect(html).toMatch(language === 'en' ? /Clean up/ : /清理/);
    },
  );

  test('every step names what is on the phone', () => {
    expect(page('ios', { language })).toMatch(language === 'en' ? /Certificate Trust Settings/ : /证书信任设置/);
    expect(page('android', { language })).toMatch(/network_security_config/);
    expect(page('android', { language })).toContain(`${authority.subjectHashOld}.0`);
    expect(page('android', { language, proxy: '10.0.0.9:9090' })).toContain('adb reverse tcp:8080 tcp:9090');
    expect(page('cleanup', { language })).toContain('http_proxy :0');
  });
});

test('fingerprint, lights and proxy address are there; the kind of phone opens its own steps', () => {
  const html = page('start', { platform: 'ios' });
  expect(html).toContain(authority.fingerprint);
  expect([...html.matchAll(/id="light-(\w+)"/g)].map((match) => match[1])).toEqual(['reached', 'proxy', 'installed', 'trusted']);
  expect(html).toContain('证书信任设置');
  expect(html).toMatch(/192\.168\.1\.5<\/code>，端口 <code>8080/);
});

test('a browser that cannot install the certificate is told so, and gets no profile', () => {
  const chrome = page('start', { platform: 'ios', browser: 'other' });
  expect(chrome).toContain('请复制地址，用 Safari 打开本页');
  expect(chrome).not.toMatch(/<li>[^<]*<a href="\/ca\.mobileconfig"/);
  const safari = page('start', { platform: 'ios', browser: 'safari' });
  expect(safari).not.toContain('class="warning"');
  expect(safari).toMatch(/<li>[^<]*<a href="\/ca\.mobileconfig"/);
  expect(page('android', { platform: 'android', browser: 'in_app', language: 'en' })).toContain('Open in browser');
  expect(page('cleanup', { platform: 'android', browser: 'in_app' })).not.toContain('class="warning"');
});

test('a hostile proxy address is text', () => {
  expect(page('start', { proxy: '"><img src=x>:1', probe: '"><b>' })).not.toMatch(/<img|<b>/);
});
