import { expect, test } from 'vitest';
import { opened } from '../sample.js';

test('keys name the values that follow', () => {
  const plist =
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist version="1.0"><dict><key>device</key><dict><key>imei</key><string>1</string><key>ok</key><true/></dict><key>list</key><array><integer>5</integer><real>1.5</real></array><key>raw</key><data>eyJhIjoieCJ9</data></dict></plist>';
  expect(opened(plist, 'text/xml')).toMatchObject({ 'body|plist.device.imei': '1' });
  expect(opened(plist, 'application/x-plist')).toEqual({
    'body|plist.device.imei': '1',
    'body|plist.device.ok': 'true',
    'body|plist.list[0]': '5',
    'body|plist.list[1]': '1.5',
    'body|plist.raw|base64': '{"a":"x"}',
    'body|plist.raw|base64|json$.a': 'x',
    'header.content-type': 'application/x-plist',
  });
});
