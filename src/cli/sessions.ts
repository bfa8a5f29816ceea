import { type Command, Option } from 'commander';
import { inLanguage } from '../model/text.js';
import { buildReport } from '../report/index.js';
import { retentionEdge } from '../store/index.js';
import type { Cli, CommonFlags } from './cli.js';
import { settingsOf } from './cli.js';
import { withCommonOptions } from './options.js';
import { findSession, recordOf, rulebookOf, withStore } from './stored.js';
import { summarise } from './summary.js';
import { printable } from './terminal.js';

/** `overreach sessions list|show|delete|purge`. */
export function addSessions(program: Command, cli: Cli): void {
  const sessions = program.command('sessions').exitOverride();

  withCommonOptions(sessions.command('list')).action((flags: CommonFlags) =>
    withStore(cli, flags, (store) => {
      const rows = store.sessions();
      if (flags.json) {
        cli.terminal.json({ sessions: rows.map(({ session, ...counts }) => ({ ...session, ...counts })) });
        return;
      }
      if (rows.length === 0)
        cli.terminal.say(
          '还没有会话；先运行 overreach start 或 overreach demo。 No sessions yet: run "overreach start" or "overreach demo".',
        );
      for (const { session, exchanges, findings } of rows)
        cli.terminal.result(
          [
            session.id,
            new Date(session.startedAt).toISOString().slice(0, 19).replace('T', ' '),
            session.status.padEnd(11),
            (session.subject.categories.main ?? ['-']).join('+').padEnd(20),
            inLanguage(
              { zh: `${exchanges} 次请求，${findings} 项发现`, en: `${exchanges} exchanges, ${findings} findings` },
              settingsOf(cli, { ...flags }).language,
            ),
            printable((session.subject.app ?? '').replace(/\s+/g, ' ')),
          ].join('  '),
        );
    }),
  );

  withCommonOptions(sessions.command('show'))
    .argument('<session>')
    .action((word: string, flags: CommonFlags) => {
      const rulebook = rulebookOf(cli, flags);
      withStore(cli, flags, (store) => {
        const report = buildReport(recordOf(store, findSession(store, word), rulebook), {});
        if (flags.json) cli.terminal.json(report);
        else cli.terminal.result(summarise(report, rulebook, settingsOf(cli, { ...flags }).language));
      });
    });

  withCommonOptions(sessions.command('delete'))
    .argument('<session>')
    .action((word: string, flags: CommonFlags) =>
      withStore(
        cli,
        flags,
        (store) => {
          const { id } = findSession(store, word);
          store.deleteSession(id);
          if (flags.json) cli.terminal.json({ deleted: id });
          else cli.terminal.say(inLanguage({ zh: `已删除 ${id}`, en: `Deleted ${id}` }, settingsOf(cli, { ...flags }).language));
        },
        { write: true },
      ),
    );

  withCommonOptions(sessions.command('purge'))
    .addOption(new Option('--days <n>').argParser(Number))
    .action((flags: CommonFlags & { days?: number }) =>
      withStore(
        cli,
        flags,
        (store) => {
          const days = flags.days ?? settingsOf(cli, { ...flags }).retentionDays;
          const purged = store.purge(retentionEdge(Date.now(), days));
          if (flags.json) cli.terminal.json({ purged });
          else
            cli.terminal.say(
              inLanguage(
                {
                  zh: `已删除 ${purged.sessions} 个早于 ${days} 天的会话（按开始记录的时间计算，导入的会话也一样）。`,
                  en: `Deleted ${purged.sessions} session(s) older than ${days} days (by when their recording began, imported ones too).`,
                },
                settingsOf(cli, { ...flags }).language,
              ),
            );
        },
        { write: true },
      ),
    );
}
