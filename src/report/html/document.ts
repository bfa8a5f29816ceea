import type { SessionReport } from '../../model/report.js';
import type { Bilingual } from '../../model/text.js';
import { clockTime, ZONE } from '../figures.js';
import type { RenderOptions, Template } from '../format.js';
import { basis, coverage, environment, scenes, subject } from './circumstances.js';
import { appendices, manualItems, refusalTest, statement } from './closing.js';
import { evidenceList, observed, provisions, reservation } from './complaint.js';
import { cover } from './cover.js';
import { purposes, work } from './developer.js';
import { findings } from './findings.js';
import { html } from './markup.js';
import { matrix } from './matrix.js';
import { Page, type Section } from './page.js';
import { receivers } from './receivers.js';
import { redoing } from './redoing.js';
import { documentOf } from './shell.js';

interface Plan {
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly Section[];
}

const PROVISIONS: Bilingual = {
  zh: '常见类型移动互联网应用程序必要个人信息范围规定',
  en: 'Provisions on the Scope of Necessary Personal Information for Common Types of Mobile Internet Applications',
};

function auditPlan(page: Page): Plan {
  const title = page.report.basis?.title ?? PROVISIONS;
  return {
    title: page.say('App 个人信息传输检测报告', 'Audit of personal data sent by an app'),
    // By what it was judged: a pack of another law or of the house is not these Provisions.
    lead: page.say(`依据《${title.zh}》`, `Under "${title.en}"`),
    sections: [
      subject(page),
      basis(page),
      environment(page),
      scenes(page),
      coverage(page),
      matrix(page),
      findings(page),
      receivers(page),
      refusalTest(page),
      manualItems(page),
      appendices(page),
      redoing(page),
      statement(page),
    ],
  };
}

function developerPlan(page: Page): Plan {
  return {
    title: page.say('App 个人信息传输整改清单', 'Personal data sent by an app: what to mend'),
    lead: page.say('供开发团队使用：改什么、在哪里、由谁改', 'For developers: what to change, where, and who'),
    sections: [work(page), purposes(page), coverage(page), manualItems(page), redoing(page), statement(page)],
  };
}

function complaintPlan(page: Page): Plan {
  return {
    title: page.say('App 个人信息收集情况举报材料', "Complaint about an app's collection of personal data"),
    lead: page.say(
      '依据《常见类型移动互联网应用程序必要个人信息范围规定》第六条整理',
      'Put together under article 6 of the Provisions on the Scope of Necessary Personal Information',
    ),
    sections: [
      subject(page),
      observed(page),
      provisions(page),
      evidenceList(page),
      environment(page),
      coverage(page),
      redoing(page),
      reservation(page),
    ],
  };
}

const PLANS: Record<Template, (page: Page) => Plan> = { audit: auditPlan, developer: developerPlan, complaint: complaintPlan };

/** The report as one self-contained HTML document: no script, no request, readable on screen and on A4. */
export function renderDocument(report: SessionReport, options: RenderOptions): string {
  const page = new Page(report, options.language, options.pictures);
  const plan = PLANS[options.template ?? 'audit'](page);
  const name = report.session.app === null ? plan.title : `${plan.title} · ${report.session.app}`;
  return documentOf(
    { language: options.language, title: name, tool: report.tool, pictures: page.pictures.size > 0 },
    html`${cover(page, plan.title, plan.lead, plan.sections)}
${plan.sections.map(
  (section, at) => html`<section id="${section.id}"><h2><span class="no">${at + 1}</span>${section.title}</h2>
${section.body}
</section>
`,
)}
<footer>${report.tool.name} ${report.tool.version} · ${page.reportNumber()} · ${clockTime(report.session.startedAt)} ${ZONE}</footer>`,
  );
}
