import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { EXIT, InputError, UsageError } from '../errors.js';
import { limits } from '../limits.js';
import { type Change, type EvidenceCheck, verifyEvidence } from '../report/evidence-check.js';
import { type Cli, type CommonFlags, settingsOf } from './cli.js';
import { withCommonOptions } from './options.js';
import { ownFingerprint } from './signing-key.js';
import { printable } from './terminal.js';

interface VerifyFlags extends CommonFlags {
  readonly key?: string;
}

/** `overreach verify FILE.zip`: exit 0 as it was signed, 1 changed, 2 no evidence package. */
export function addVerify(program: Command, cli: Cli): void {
  withCommonOptions(program.command('verify'))
    .argument('<file>')
    .option('--key <fingerprint>')
    .action((file: string, flags: VerifyFlags) => {
      const wanted = parseFingerprint(flags.key);
      const check = checkPackage(file);
      if (check.status === 'not-evidence')
        throw new InputError('OVR_NOT_EVIDENCE', `${file} is no evidence package.`, {
          next: 'Give the ZIP that "overreach export <session> --evidence FILE.zip" wrote, not one that was unpacked and packed again.',
        });
      const fingerprint = check.manifest?.signature.fingerprint ?? null;
      const otherKey = wanted !== null && fingerprint !== wanted;
      const intact = check.status === 'intact' && !otherKey;
      if (flags.json) {
        const changes = check.status === 'changed' ? check.changes : [];
        cli.terminal.json({
          file,
          intact,
          changes,
          fingerprint,
          keyAsWanted: wanted === null ? null : !otherKey,
          manifest: check.manifest,
        });
      } else {
        tell(cli, check, fingerprint !== null && ownFingerprint(settingsOf(cli, { ...flags }).dataDir) === fingerprint);
        if (otherKey) cli.terminal.say(cli.terminal.paint.red('签名密钥不是指定的密钥。 Signed with another key than the one given.'));
      }
      cli.exit(intact ? EXIT.clean : EXIT.findings);
    });
}

/** Colons, spaces and capitals are how people write it. @throws UsageError `OVR_FINGERPRINT`. */
function parseFingerprint(text: string | undefined): string | null {
  if (text === undefined) return null;
  const bare = text.replace(/[\s:]/g, '').toLowerCase();
  if (/^[0-9a-f]{64}$/.test(bare)) return bare;
  throw new UsageError('OVR_FINGERPRINT', '--key is no fingerprint.', {
    next: 'It has 64 hexadecimal digits; "overreach export" prints it.',
  });
}

/** Reads the package where it is asked to. @throws InputError when it cannot be read or is larger than any package. */
function checkPackage(path: string): EvidenceCheck {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true) throw new InputError('OVR_FILE', `There is no file "${path}".`, { next: 'Check the path.' });
  if (stat.size > limits.evidencePackage)
    throw new InputError('OVR_NOT_EVIDENCE', `${path} is larger than an evidence package can be.`, { next: 'Check the path.' });
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    const open = file;
    return verifyEvidence({
      size: stat.size,
      read(at, length) {
        const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, stat.size - at)));
        let read = 0;
        while (read < bytes.length) {
          const more = readSync(open, bytes, read, bytes.length - read, at + read);
          if (more === 0) break;
          read += more;
        }
        return bytes.subarray(0, read);
      },
    });
  } catch (cause) {
    throw new InputError('OVR_FILE', `Cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      next: 'Check its rights.',
      cause,
    });
  } finally {
    if (file !== null) closeSync(file);
  }
}

const WORDS: Readonly<Record<Change['what'], string>> = {
  content: '内容已改变 content changed',
  missing: '缺失 missing',
  extra: '未签名的文件 not part of what was signed',
  twice: '重复 stands in it twice',
  signature: '签名不符 signature does not match',
  archive: '压缩包结构已改变 archive record changed',
};

function tell(cli: Cli, check: Exclude<EvidenceCheck, { status: 'not-evidence' }>, own: boolean): void {
  const { result, say, paint } = cli.terminal;
  if (check.status === 'intact') result(paint.green('完好，与签名时一致。 Intact: as it was signed.'));
  else {
    result(paint.red('已被改动。 Changed since it was signed.'));
    for (const { file, what, exchange } of check.changes)
      result(
        `  ${printable(file)}: ${WORDS[what]}${exchange === undefined ? '' : ` (从第 ${exchange} 次请求起 from exchange ${exchange})`}`,
      );
  }
  const { manifest } = check;
  if (manifest === null) return;
  const { session, rules, createdAt, masked, signature, tool } = manifest;
  say(`会话 session ${printable(session.id)}${session.app === null ? '' : ` · ${printable(session.app)}`} · ${createdAt}`);
  say(
    `${printable(tool.name)} ${printable(tool.version)} · ${printable(rules.pack)} ${printable(rules.version)} · ${masked ? '已脱敏 masked' : 'RAW 未脱敏'}`,
  );
  say(`密钥指纹 key fingerprint: ${signature.fingerprint}${own ? '（本机 this installation）' : ''}`);
  if (!own) say(paint.dim('请向提供方核对该指纹。 Compare it with what the sender tells you by another way.'));
}
