import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';
import { sure } from './lists.js';

const detector = createDetector({ dataTypes });

const APPS = ['com.tencent.mm', 'com.eg.android.AlipayGphone', 'com.taobao.taobao'];

describe('installed-apps', () => {
  it('reads arrays, arrays of objects and texts', () => {
    expect(sure({ appList: APPS })).toEqual([['installed_apps', 'strong', 'body.$.appList']]);
    expect(sure({ list: APPS.map((pkg) => ({ pkg, version: '1.0' })) })).toEqual([['installed_apps', 'strong', 'body.$.list']]);
    expect(sure({ installed: APPS.join('|') })).toEqual([['installed_apps', 'strong', 'body.$.installed']]);
  });

  it('shows a text as it was sent, and of a list its names', () => {
    const shownAs = (body: object) => detector.detect(decodeRequest(request({ body: JSON.stringify(body) })))[0]?.value;
    expect(shownAs({ installed: APPS.join('|') })).toBe(APPS.join('|'));
    expect(shownAs({ appList: APPS })).toBe(APPS.join(','));
  });

  it('reports the innermost list once', () => {
    expect(sure({ content: [{ type: 'app_list', app_list: APPS.map((pkg) => ({ pkg })) }] })).toEqual([
      ['installed_apps', 'strong', 'body.$.content[0].app_list'],
    ]);
  });

  it('takes two with the moment that each was installed', () => {
    const of = (pkg_name: string) => ({ app_name: '甲', pkg_name, installed_time: 1_700_000_000_000 });
    expect(sure({ USER_APPLICATION: APPS.slice(0, 2).map(of) })).toEqual([['installed_apps', 'strong', 'body.$.USER_APPLICATION']]);
    for (const body of [
      { USER_APPLICATION: APPS.slice(0, 1).map(of) },
      { games: APPS.slice(0, 2).map((id) => ({ id, updateTime: 1_700_000_000_000 })) },
      { apps: APPS.slice(0, 2).map((pkg_name) => ({ pkg_name, created_at: '2026-10-30' })) },
      { plugins: APPS.slice(0, 2).map(of) },
    ])
      expect(
        sure(body).filter(([dataType]) => dataType === 'installed_apps'),
        JSON.stringify(body),
      ).toEqual([]);
  });

  it('takes a map that goes by the package', () => {
    const map = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '8.0.1']));
    expect(sure({ installedApps: map(APPS) })).toEqual([['installed_apps', 'strong', 'body.$.installedApps']]);
    for (const body of [{ installedApps: map(APPS.slice(0, 2)) }, { plugins: map(APPS) }, { config: map(APPS) }, { bapp: map(APPS) }])
      expect(
        sure(body).filter(([dataType]) => dataType === 'installed_apps'),
        JSON.stringify(body),
      ).toEqual([]);
  });

  it('tells what is running from what is installed', () => {
    expect(sure({ running_apps: APPS })[0]?.[0]).toBe('running_processes');
  });

  it('takes what a shop of apps shows for no list of what is installed (ranks_of_a_shop)', () => {
    const shown = (more: object) => ({ list: APPS.map((packageName, index) => ({ packageName, ...more, size: index })) });
    expect(sure(shown({ versionCode: 8 }))[0]?.[0]).toBe('installed_apps');
    expect(sure(shown({ versionCode: 8, rating: 4.6, downloadCount: 9_000 }))).toEqual([]);
    expect(sure(shown({ pos: 1 }))).toEqual([]);
  });

  it('takes what a server names for packages to look for', () => {
    const detector = createDetector({ dataTypes });
    const decoded = decodeRequest(request({ body: JSON.stringify({ appList: APPS }) }));
    expect(detector.detect(decoded).map(({ grade }) => grade)).toEqual(['strong']);
    expect(detector.detect({ ...decoded, direction: 'response' }).map(({ grade }) => grade)).toEqual(['candidate']);
  });

  it('incident: the classes that a program is put together of were installed apps', () => {
    const beans = ['com.example.web.FooServlet', 'com.example.web.BarFilter', 'com.example.data.UserResource'];
    expect(sure({ bean: beans })).toEqual([]);
    expect(sure({ appList: [...APPS, beans[0]] })).not.toEqual([]);
  });

  it('leaves traces, permissions and lists of blocked apps alone', () => {
    for (const body of [
      { stack: APPS },
      { exception: { class: APPS } },
      { bapp: APPS },
      { permissions: ['android.permission.CAMERA', 'android.permission.NFC', 'android.permission.INTERNET'] },
      { appList: APPS.slice(0, 2) },
    ])
      expect(
        sure(body).filter(([dataType]) => dataType === 'installed_apps'),
        JSON.stringify(body),
      ).toEqual([]);
  });
});
