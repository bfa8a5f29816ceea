import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { limits } from '../limits.js';
import type { Persona } from '../model/session.js';
import { makePersona } from '../persona/synthetic.js';
import { buildReport } from '../report/index.js';
import { type AuditRun, startAuditRun } from './audit-run.js';
import { type Cli, type CommonFlags, openRulebook, placeOf, settingsOf } from './cli.js';
import { FIRST_PARTY, startOrigins } from './demo/origins.js';
import { createPhone } from './demo/phone.js';
import { rideHailingScript } from './demo/script.js';
import { withCommonOptions } from './options.js';
import { callName, TOOL } from './place.js';
import { untilStopped } from './stop.js';
import { recordOf } from './stored.js';
import { summarise } from './summary.js';
import { tellError } from './tell-error.js';

interface DemoFlags extends CommonFlags {
  readonly ui?: string;
  readonly category?: string[];
}

/** `overreach demo`: the real proxy, store and page, with a scripted phone and origins of its own on loopback. */
export function addDemo(program: Command, cli: Cli): void {
  withCommonOptions(program.command('demo'))
    .option('--ui <host:port>')
    .action(async (flags: DemoFlags) => {
      const settings = { ...settingsOf(cli, { ...flags, ui: flags.ui ?? '127.0.0.1:0', listen: '127.0.0.1:0' }), allowLoopback: true };
      const rulebook = openRulebook(settings);
      const persona = makePersona('overreach-demo');
      const origins = await startOrigins();
      const { say, paint } = cli.terminal;
      const run = await startAuditRun({
        settings,
        rulebook,
        persona,
        schemas: [],
        source: 'demo',
        subject: {
          app: '快行出行（虚构示例）',
          categories: { main: ['ride_hailing'] },
          context: {},
          firstPartyDomains: [FIRST_PARTY],
          declared: null,
        },
        capture: { upstreamCa: origins.certificate, resolve: async () => [{ address: '127.0.0.1', family: 4, port: origins.port }] },
        surroundings: cli,
        onProblem: (problem) => tellError(cli.terminal, problem, settings.language),
      }).catch(async (error: unknown) => {
        // Origins that listen would keep the program from ending.
        await origins.close();
        throw error;
      });
      if (!flags.json) say(`${paint.bold('\n演示 Demo')}: ${run.live.url}\n`);

      try {
        await drive(cli, run, persona, flags.json === true);
      } catch (error) {
        await run.end();
        run.store.close();
        await origins.close();
        throw error;
      }

      const report = () => buildReport(recordOf(run.store, run.audit.session(), rulebook), {});
      if (flags.json) {
        const { store } = run;
        await run.end();
        cli.terminal.json(buildReport(recordOf(store, store.session(run.session.id) ?? run.session, rulebook), {}));
        store.close();
        await origins.close();
        return;
      }
      cli.terminal.result(summarise(report(), rulebook, settings.language));
      say(`\n打开页面看详情 Open the page: ${paint.bold(run.live.url)}`);
      say(`报告 Report: ${callName(cli.env)} report ${run.session.id}${placeOf(flags)} --out report.html   (${TOOL.name} ${TOOL.version})`);
      say(paint.dim('Ctrl-C 结束 ends'));
      await untilStopped(cli, async () => {
        await run.end();
        run.store.close();
        await origins.close();
      });
    });
}

/** The scripted tester: marks each scene, then does what the app would do. */
async function drive(cli: Cli, run: AuditRun, persona: Persona, quiet: boolean): Promise<void> {
  const phone = createPhone({
    proxy: run.capture.address,
    ca: readFileSync(run.capture.caPath, 'utf8'),
    userAgent: 'KuaixingDemo/1.0 (Linux; Android 14; EX-100)',
  });
  for (const step of rideHailingScript(persona)) {
    await run.audit.markScene(step.scene, step.consent);
    if (!quiet) cli.terminal.say(`  ▶ ${step.scene}`);
    await step.run(phone);
  }
  await run.audit.endScene();
  await settled(run);
}

/** The tap copies in batches: waits until nothing new has come for a while. */
async function settled(run: AuditRun): Promise<void> {
  for (let before = -1; before !== run.audit.counters().exchanges || run.audit.pressure() > 0; ) {
    before = run.audit.counters().exchanges;
    await new Promise((resolve) => setTimeout(resolve, 4 * limits.storeBatchMs));
  }
}
