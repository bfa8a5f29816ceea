import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { refusalChecklist } from '../judge/refusal.js';
import { limits } from '../limits.js';
import type { Pack } from '../model/rulebook.js';
import type { RefusalAnswer, Session } from '../model/session.js';
import { type Bilingual, inLanguage, type Language } from '../model/text.js';
import { ANSWER_WORDS } from '../report/words.js';
import { type Cli, type CommonFlags, settingsOf } from './cli.js';
import { repeatable, withCommonOptions } from './options.js';
import { findNote } from './running.js';
import { callUi } from './scene.js';
import { findSession, rulebookOf, withStore } from './stored.js';
import { printable } from './terminal.js';

interface RefusalFlags extends CommonFlags {
  readonly answer?: string[];
  readonly note?: string;
}

/** One question of the checklist with what was answered. */
interface Line extends RefusalAnswer {
  readonly id: string;
}

const ANSWERS: Readonly<Record<string, RefusalAnswer['answer']>> = { yes: 'yes', no: 'no', unknown: 'not_tested' };

/** `overreach refusal`: the test of article 4, which traffic alone cannot answer; the answers are kept with the session and reported. */
export function addRefusal(program: Command, cli: Cli): void {
  withCommonOptions(program.command('refusal'))
    .argument('<session>')
    .addOption(repeatable('--answer <id=yes|no|unknown>'))
    .option('--note <text>')
    .action(async (word: string, flags: RefusalFlags) => {
      const { language, dataDir } = settingsOf(cli, { ...flags });
      const { pack } = rulebookOf(cli, flags);
      const stored = withStore(cli, flags, (store) => findSession(store, word));
      const lines = answered(checklist(pack, stored), flags);
      if (flags.answer !== undefined) await keep(cli, flags, stored, lines, dataDir);
      const refused = stored.scenes.filter(({ consent }) => consent === 'refused').length;
      if (flags.json) cli.terminal.json({ session: stored.id, categories: stored.subject.categories.main, refusedScenes: refused, lines });
      else cli.terminal.result(lines.map((line) => lineText(line, language)).join('\n'));
      if (refused === 0 && !flags.json)
        cli.terminal.say(
          inLanguage(
            {
              zh: '本会话没有标记为“已拒绝”的场景：拒绝之后是否仍在发送，无从判断。',
              en: 'No scene of this session is marked "refused": whether anything is still sent after a refusal cannot be told.',
            },
            language,
          ),
        );
    });
}

/**
 * The questions for the categories of the app under test and of each mini program, with the answers so far.
 * @throws UsageError when none was chosen: the questions name the category's basic function.
 */
function checklist(pack: Pack, { id, subject }: Session): Line[] {
  const given = new Map((subject.refusal ?? []).map((answer) => [answer.id, answer]));
  const lines = refusalChecklist(pack, subject.categories).map(({ id: lineId, text }): Line => {
    const before = given.get(lineId);
    return { id: lineId, question: text, answer: before?.answer ?? 'not_tested', note: before?.note ?? null };
  });
  if (lines.length > 0) return lines;
  throw new UsageError('OVR_REFUSAL', `No category of ${pack.id} is chosen for the app of session "${id}".`, {
    next: 'The questions ask for the basic function of its category: choose one with "overreach rejudge SESSION --category ID", or in the page.',
  });
}

/** @throws UsageError for an unknown question or answer. */
function answered(lines: readonly Line[], { answer: words, note }: RefusalFlags): readonly Line[] {
  if (note !== undefined && words === undefined)
    throw new UsageError('OVR_REFUSAL', '--note goes with an answer.', {
      next: 'Give --answer ID=yes|no|unknown beside it.',
      zh: '--note 要与 --answer 一起给出：--answer 问题=yes|no|unknown。',
    });
  if ((note?.length ?? 0) > limits.noteText)
    throw new UsageError('OVR_REFUSAL', `--note has ${note?.length} characters; at most ${limits.noteText} are kept.`, {
      next: 'Shorten it.',
      zh: `--note 有 ${note?.length} 个字符，最多保存 ${limits.noteText} 个。请缩短。`,
    });
  const given = new Map<string, RefusalAnswer['answer']>();
  for (const word of words ?? []) {
    const split = word.lastIndexOf('=');
    const [id, said] = [word.slice(0, Math.max(0, split)), ANSWERS[word.slice(split + 1)]];
    if (said === undefined || split < 0)
      throw new UsageError('OVR_REFUSAL', `--answer "${word}" is not ID=yes, ID=no or ID=unknown.`, {
        next: `Write it like --answer ${lines[0]?.id}=yes.`,
        zh: `--answer “${word}” 写法不对。请写成 --answer ${lines[0]?.id}=yes（或 no、unknown）。`,
      });
    if (!lines.some((line) => line.id === id))
      throw new UsageError('OVR_REFUSAL', `--answer: there is no question "${id}".`, {
        next: `Known: ${lines.map((line) => line.id).join(', ')}.`,
      });
    given.set(id, said);
  }
  return lines.map((line) => {
    const said = given.get(line.id);
    return said === undefined ? line : { ...line, answer: said, note: note ?? line.note };
  });
}

/** A running session is changed by its own process, a stored one here. */
async function keep(cli: Cli, flags: RefusalFlags, { id }: Session, refusal: readonly RefusalAnswer[], dataDir: string): Promise<void> {
  const runs = withStore(
    cli,
    flags,
    (store) => {
      store.markInterrupted();
      const session = findSession(store, id);
      if (session.status === 'running') return true;
      store.updateSession({ ...session, subject: { ...session.subject, refusal } });
      return false;
    },
    { write: true },
  );
  if (!runs) return;
  await callUi(new URL(findNote(dataDir, id).ui), `/api/sessions/${id}/subject`, 'POST', { refusal });
}

const MARKS: Readonly<Record<RefusalAnswer['answer'], Bilingual>> = { ...ANSWER_WORDS, not_tested: { zh: '未答', en: 'open' } };

function lineText({ id, question, answer, note }: Line, language: Language): string {
  const first = `[${inLanguage(MARKS[answer], language)}] ${id}  ${inLanguage(question, language)}`;
  return note === null ? first : `${first}\n      ${printable(note)}`;
}
