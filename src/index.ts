/**
 * Overreach for test scripts (Appium, Playwright, adb): start the proxy, mark scenes, assert on what was found; or judge a recording.
 * Everything here is what the command line does, with the same settings: option > `OVERREACH_*` > `overreach.yaml` > default.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { auditHarText, auditRecording } from './cli/audit-input.js';
import { startAuditRun } from './cli/audit-run.js';
import type { AuditSetup } from './cli/audit-setup.js';
import { demandKnownTypes, demandUsableKeys, openCountries, openPersona, openRulebook, readInput } from './cli/cli.js';
import { inconclusiveBecause, overThreshold, parseThreshold } from './cli/gate.js';
import { authority, reachableAddresses } from './cli/phone.js';
import { openSchemas } from './cli/proto-files.js';
import { readSettings, type Settings, type Surroundings } from './cli/settings.js';
import { recordOf } from './cli/stored.js';
import { subjectOf, withModules } from './cli/subject.js';
import { limits } from './limits.js';
import type { ReportFinding, SessionReport } from './model/report.js';
import type { Rulebook } from './model/rulebook.js';
import type { ConsentState, Persona } from './model/session.js';
import { parsePersona } from './persona/parse.js';
import { buildReport, type ReportOptions } from './report/index.js';

export { CaptureError, CertificateError, InputError, OverreachError, RuleError, StoreError, UsageError } from './errors.js';
export type { Grade, Issue, Reason, Severity, VerdictName } from './model/finding.js';
export type { Party } from './model/party.js';
export type { ReportFinding, ReportOccurrence, ReportParty, SessionReport } from './model/report.js';
export type { ConsentState } from './model/session.js';
export type { Bilingual } from './model/text.js';
export { type DiffEntry, diffReports, type ReportDiff } from './report/diff.js';

/** What decides how traffic is judged. */
export interface AuditOptions {
  /** Category id, number or Chinese name; several only for super-apps. Without one everything found is `not_judged`. */
  readonly category?: string | readonly string[];
  readonly app?: string;
  /** Protocol Buffers definitions of the app: paths of `.proto` files, each `FILE` or `FILE:Message`. */
  readonly proto?: string | readonly string[];
  /** Known values of the test person, data type id -> values; or the path of a persona file. */
  readonly persona?: string | Readonly<Record<string, string | readonly string[]>>;
  /** Run the modules that the persona file names among its `keys`: code with the rights of this process. */
  readonly hookModules?: boolean;
  /** Answers to conditions of the list. */
  readonly context?: Readonly<Record<string, boolean>>;
  /** The app operator's own domains. */
  readonly firstParty?: readonly string[];
  /** What the privacy policy declares: path of a YAML file. */
  readonly declared?: string;
  /** Path of a table of address registrations (lines like `203.0.113.0/24,JP`), in place of the one that comes with the rules. */
  readonly countries?: string;
  /** Judge what the server answered, too. */
  readonly responses?: boolean;
  /** Further rule folders, and the rule pack. */
  readonly rules?: readonly string[];
  readonly pack?: string;
  readonly dataDir?: string;
}

export interface StartOptions extends AuditOptions {
  /** Where the phone connects, `HOST:PORT`; default `127.0.0.1:0`, a free port that only this machine reaches. */
  readonly listen?: string;
  /** Where the live page is served; default `127.0.0.1:0`. */
  readonly ui?: string;
  /** Let the proxy reach loopback origins. */
  readonly allowLoopback?: boolean;
  /** PEM file with further roots to trust for origins. */
  readonly upstreamCa?: string;
  /** Hosts that are relayed without being looked into. */
  readonly passThrough?: readonly string[];
  /** Told of trouble that does not end the session (disk full); default: a warning of the process. */
  readonly onProblem?: (problem: Error) => void;
}

/** A running audit. */
export interface AuditHandle {
  /** Id of the session in the data directory. */
  readonly session: string;
  /** `http://HOST:PORT`, as proxy settings want it. */
  readonly proxy: string;
  readonly host: string;
  readonly port: number;
  /** Path of the CA certificate (PEM) that the client must trust. */
  readonly ca: string;
  /** The live page, with its token. */
  readonly ui: string;
  /** Ends the scene that runs and begins another. What was sent before this returns belongs to the earlier one. */
  scene(name: string, consent: ConsentState): Promise<void>;
  endScene(): Promise<void>;
  /** What was found so far. Waits until everything that has passed the proxy is analysed and stored. */
  findings(): Promise<readonly ReportFinding[]>;
  /** The report so far. Waits as `findings` does. */
  report(options?: ReportOptions): Promise<SessionReport>;
  /** Ends the session and closes every socket. Calling it again gives the same report. */
  stop(): Promise<SessionReport>;
}

/**
 * Starts proxy, analysis and page on this machine. Always `stop()` it, in a `finally` or an `afterAll`.
 * @throws UsageError, InputError for options that do not hold; CaptureError, StoreError where a port or the data directory cannot be used.
 */
export async function startAudit(options: StartOptions = {}): Promise<AuditHandle> {
  const { settings, rulebook, persona, schemas, given, responses } = setUp(options);
  const onProblem = options.onProblem ?? ((problem: Error) => process.emitWarning(problem));
  const countries = options.countries === undefined ? null : { file: options.countries, text: readInput(options.countries) };
  const run = await startAuditRun({
    settings,
    rulebook,
    persona,
    schemas,
    source: 'proxy',
    subject: given,
    responses,
    countries,
    surroundings: surroundings(),
    onProblem,
  });
  const { audit, capture, store } = run;
  let ending: Promise<SessionReport> | null = null;

  async function settled(): Promise<void> {
    // Copies are handed to the analysis in batches; then the order in the queue does the rest: a change is answered once it is stored.
    await delay(2 * limits.tapDelayMs);
    // Ended in the page: then all of it is stored.
    if (audit.session().status !== 'running') return;
    await audit.change({});
  }

  async function report(reportOptions: ReportOptions = {}): Promise<SessionReport> {
    if (ending !== null) return ending;
    await settled();
    return buildReport(recordOf(store, audit.session(), run.rulebook()), reportOptions);
  }

  async function end(): Promise<SessionReport> {
    try {
      const ended = await run.end();
      return buildReport(recordOf(store, ended, run.rulebook()), {});
    } finally {
      store.close();
    }
  }

  const host = reachableAddresses(capture.address.host)[0] ?? capture.address.host;
  const { port } = capture.address;
  return {
    session: run.session.id,
    proxy: `http://${authority(host, port)}`,
    host,
    port,
    ca: capture.caPath,
    ui: run.live.url,
    async scene(name, consent) {
      await delay(2 * limits.tapDelayMs);
      await audit.markScene(name, consent);
    },
    async endScene() {
      await delay(2 * limits.tapDelayMs);
      await audit.endScene();
    },
    findings: async () => (await report()).findings,
    report,
    stop() {
      ending ??= end();
      return ending;
    },
  };
}

/**
 * Judges a recording, without store and network.
 * @param har path of a HAR file (or a flow file of mitmproxy), or the text of a HAR (which begins with `{`).
 * @throws UsageError, InputError `OVR_HAR_*`.
 */
export function auditHar(har: string, options: AuditOptions & ReportOptions = {}): SessionReport {
  const isText = /^\ufeff?\s*\{/.test(har);
  const record = isText ? auditHarText(setUp(options), har, 'HAR') : auditRecording(setUp(options), har);
  return buildReport(record, { showValues: options.showValues === true, candidates: options.candidates === true });
}

/**
 * The findings on which `overreach check` would fail: beyond necessary, or an issue of severity high, at grade probable or better.
 * None is no proof: of a phone whose proxy was not set there are none either. `inconclusive` says whether anything was looked at.
 */
export function failing(report: SessionReport): ReportFinding[] {
  return overThreshold(report, parseThreshold([], []));
}

/**
 * Why a report without `failing` findings must not be read as "clean", as where `overreach check` exits 3; empty when it may:
 * `no-traffic`, `nothing-decrypted`, `nothing-read`, `not-analysed`, `not-stored`, `interrupted`, `no-category`.
 */
export function inconclusive(report: SessionReport): string[] {
  return inconclusiveBecause(report);
}

/** `import { audit } from 'overreach'`: both ways to audit under one name. */
export const audit = { start: startAudit, har: auditHar };

function surroundings(): Surroundings {
  return { env: process.env, cwd: process.cwd() };
}

function setUp(options: StartOptions): AuditSetup {
  const { category, persona, firstParty, rules, passThrough, app, pack, dataDir, upstreamCa, allowLoopback } = options;
  const settings = readSettings(
    {
      listen: options.listen ?? '127.0.0.1:0',
      ui: options.ui ?? '127.0.0.1:0',
      ...(category === undefined ? {} : { category: [category].flat() }),
      ...(typeof persona === 'string' ? { persona } : {}),
      ...(options.hookModules === undefined ? {} : { hookModules: options.hookModules }),
      ...(firstParty === undefined ? {} : { firstParty: [...firstParty] }),
      ...(rules === undefined ? {} : { rules: [...rules] }),
      ...(passThrough === undefined ? {} : { passThrough: [...passThrough] }),
      ...(app === undefined ? {} : { app }),
      ...(pack === undefined ? {} : { pack }),
      ...(dataDir === undefined ? {} : { dataDir }),
      ...(upstreamCa === undefined ? {} : { upstreamCa }),
      ...(allowLoopback === undefined ? {} : { allowLoopback }),
    },
    surroundings(),
  );
  const rulebook = openRulebook(settings);
  const context = Object.entries(options.context ?? {}).map(([id, answer]) => `${id}=${answer ? 'yes' : 'no'}`);
  const known = personaOf(persona, settings, rulebook);
  const given = subjectOf(settings, rulebook, { context, ...(options.declared === undefined ? {} : { declared: options.declared }) });
  return {
    settings,
    rulebook,
    persona: known,
    schemas: openSchemas(options.proto === undefined ? [] : [options.proto].flat()),
    given: withModules(given, known),
    responses: options.responses === true,
    countries: openCountries(options.countries, rulebook),
  };
}

/** JSON is YAML: values given in code pass the same checks as a file. */
function personaOf(given: AuditOptions['persona'], settings: Settings, rulebook: Rulebook): Persona | null {
  if (typeof given !== 'object') return openPersona(settings, rulebook);
  const persona = parsePersona(JSON.stringify(given), 'persona');
  demandKnownTypes(persona, 'persona', rulebook.dataTypes);
  demandUsableKeys(persona, 'persona');
  return persona;
}
