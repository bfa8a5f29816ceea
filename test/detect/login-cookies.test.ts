import { expect, test } from 'vitest';
import { loginOf } from '../../src/detect/login-cookies.js';

const MD5 = '0f0b9c2a3d4e5f60718293a4b5c6d7e8';
const SHA256 = `${MD5}${MD5}`;
const TOKEN = 'q83vEjRWeJCrze8SNFZ4kKvN7wq83vEjRWeJCrze8SN';

test.each([
  [`wordpress_logged_in_${MD5}`, `exampleuser|1700000000|${TOKEN}|${SHA256}`, 'WordPress', 'exampleuser'],
  [`wordpress_sec_${MD5}`, `exampleuser|1700000000|${TOKEN}|${SHA256}`, 'WordPress', 'exampleuser'],
  ['a_session_0f0b9c2a3d4e5f607182', Buffer.from(JSON.stringify({ id: 'a1', secret: SHA256 })).toString('base64'), 'Appwrite', null],
  [`SESS${MD5}`, TOKEN, 'Drupal', null],
  ['AbCd_2132_auth', `${TOKEN}/${TOKEN}`, 'Discuz!', null],
  ['token_0f0b9c2a', `${SHA256}1767225600`, 'Z-BlogPHP', null],
  ['JSESSIONID.0f0b9c2a', 'node0q83vEjRWeJCrze8SNFZ4k', 'Java servlets', null],
  ['jsession_id_7_example', '0F0B9C2A3D4E5F60718293A4B5C6D7E8-1', 'Java servlets', null],
  ['ASPSESSIONIDABCDEFGH', 'ABCDEFGHIJKLMNOPABCDEFGH', 'ASP', null],
  ['iPlanetDirectoryPro', `${TOKEN}+/*`, 'OpenAM', null],
])('%s is a login', (name, value, software, account) => {
  expect(loginOf(name, value)).toEqual({ software, account });
});

test.each([
  ['JSESSIONID_count', '12'],
  ['ASPSESSIONIDABCDEFGH', 'deleted'],
  ['wordpress_test_cookie', 'WP Cookie check'],
  [`wordpress_logged_in_${MD5}`, 'deleted'],
  [`wp-settings-time-${MD5}`, '1700000000'],
  ['token_0f0b9c2a', SHA256],
  ['token_example', `${SHA256}1767225600`],
  ['a_session_console', 'x'],
  ['AbCd_2132_lastvisit', `${TOKEN}/${TOKEN}`],
  ['iplanetdirectorypro', TOKEN],
  ['', TOKEN],
  ['x'.repeat(1_000), TOKEN],
])('%s with %s is none', (name, value) => {
  expect(loginOf(name, value)).toBeNull();
});
