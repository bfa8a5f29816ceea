import { type Command, Option } from 'commander';
import { UsageError } from '../errors.js';
import { type Bilingual, inLanguage } from '../model/text.js';
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
          const { complete } = store.deleteSession(id);
          const { language } = settingsOf(cli, { ...flags });
          if (flags.json) cli.terminal.json({ deleted: id, complete });
          else cli.terminal.say(inLanguage({ zh: `已删除 ${id}`, en: `Deleted ${id}` }, language));
          if (!complete) cli.terminal.say(cli.terminal.paint.yellow(inLanguage(REMAINS, language)));
        },
        { write: true },
      ),
    );

  withCommonOptions(sessions.command('purge'))
    .addOption(new Option('--days <n>').argParser(wholeDays))
    .option('--dry-run')
    .action((flags: CommonFlags & { days?: number; dryRun?: boolean }) => {
      const settings = settingsOf(cli, { ...flags });
      const days = flags.days ?? settings.retentionDays;
      const dryRun = flags.dryRun === true;
      withStore(
        cli,
        flags,
        (store) => {
          const edge = retentionEdge(Date.now(), days);
          const due = store.due(edge);
          const purged = dryRun ? { sessions: 0, complete: false } : store.purge(edge);
          if (flags.json) cli.terminal.json({ purged, dryRun, sessions: due.map(({ id }) => id) });
          else cli.terminal.say(inLanguage(purgeWords(dryRun ? due.length : purged.sessions, days, dryRun), settings.language));
          if (!dryRun && !purged.complete) cli.terminal.say(cli.terminal.paint.yellow(inLanguage(REMAINS, settings.language)));
          if (dryRun && !flags.json) for (const { id } of due) cli.terminal.result(id);
        },
        { write: !dryRun },
      );
    });
}

const REMAINS: Bilingual = {
  zh: '另一个程序仍在读取数据库：残余内容要等它结束后才从磁盘上清除。',
  en: 'Another program still reads the database: the remains leave the disk when that one ends.',
};

/** @throws UsageError for what is no whole number of days. */
function wholeDays(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new UsageError('OVR_SETTING', `--days "${text}" is no whole number of days.`, { next: 'Write it like --days 30.' });
}

function purgeWords(count: number, days: number, dryRun: boolean): Bilingual {
  const counted = {
    zh: '从存入时算起，导入的会话从导入时算起',
    en: 'counted from when a session was stored; imported ones from their import',
  };
  return dryRun
    ? {
        zh: `会删除 ${count} 个存入超过 ${days} 天的会话（${counted.zh}）；未作改动。`,
        en: `Would delete ${count} session(s) stored more than ${days} days ago (${counted.en}); nothing was changed.`,
      }
    : {
        zh: `已删除 ${count} 个存入超过 ${days} 天的会话（${counted.zh}）。`,
        en: `Deleted ${count} session(s) stored more than ${days} days ago (${counted.en}).`,
      };
}
