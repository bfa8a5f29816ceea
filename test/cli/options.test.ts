import { Command } from 'commander';
import { expect, test } from 'vitest';
import { repeatable, withAuditOptions, withCommonOptions } from '../../src/cli/options.js';

test('an option that may be given more than once takes commas, too', () => {
  const command = new Command('x').addOption(repeatable('--host <name>'));
  command.parse(['--host', 'a,,b', '--host', 'c,d'], { from: 'user' });
  expect(command.opts()).toEqual({ host: ['a', 'b', 'c', 'd'] });
});

test('the common options are the same everywhere; a folder may have a comma in its name', () => {
  const command = withCommonOptions(new Command('x'));
  command.parse(['--rules', 'a,b', '--rules', 'c', '--lang', 'en', '--json'], { from: 'user' });
  expect(command.opts()).toEqual({ rules: ['a,b', 'c'], lang: 'en', json: true });
  expect(() =>
    withCommonOptions(new Command('x').configureOutput({ writeErr: () => {} })).parse(['--lang', 'fr'], { from: 'user' }),
  ).toThrow('Allowed choices');
});

test('an audit is told of the app and its tester by the same options, beside the common ones', () => {
  const command = withAuditOptions(new Command('x'));
  command.parse(['--category', 'news,maps', '--first-party', 'a.example', '--first-party', 'b.example', '--hook-modules', '--json'], {
    from: 'user',
  });
  expect(command.opts()).toEqual({ category: ['news', 'maps'], firstParty: ['a.example', 'b.example'], hookModules: true, json: true });
});
