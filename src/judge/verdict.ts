import type { Reason, VerdictName } from '../model/finding.js';
import type { Party } from '../model/party.js';
import type { Category, Condition, DataType, Family, Pack } from '../model/rulebook.js';
import { type Bilingual, joined } from '../model/text.js';
import { type Allowance, allowanceOf, type Listing, membersOf, type Obstacle, SEEN_NOTHING, type Seen } from './allowance.js';
import { legalBasisId, SUPPLY_SIDE } from './context.js';
import { articleOf, articlesOf, listsOf, named, packName, provisionOf } from './wording.js';

export interface Ruling {
  readonly verdict: VerdictName;
  readonly reason: Reason;
}

export interface Question {
  readonly dataType: DataType;
  readonly dataTypes: ReadonlyMap<string, DataType>;
  readonly families: readonly Family[];
  readonly pack: Pack;
  /** The categories chosen for this app, in order of their numbers; not empty. */
  readonly categories: readonly Category[];
  readonly context: Readonly<Record<string, boolean>>;
  readonly seen?: Seen;
  readonly party?: Party | null;
  /** Something tells that the app sent it. A package that was named tells nothing of a recording, or of connections that nobody attributes. */
  readonly attributed?: boolean;
}

/** Holds one data type against the lists of the chosen categories. Article numbers are those of the published text. */
export function rule(question: Question): Ruling {
  const { dataType, categories, pack, context } = question;
  if (pack.effective === null)
    return unjudged(articlesOf(categories), {
      zh: `${packName(pack).zh}未生效，仅作历史对照，不据以判定。`,
      en: `${packName(pack).en} never took effect; it is kept as history and nothing is judged by it.`,
    });
  if (context[SUPPLY_SIDE] === true)
    return unjudged('3', {
      zh: '测试者说明这是供给侧用户（司机、骑手、商家、医生等）使用的App；本规定只针对消费侧用户（第三条），不作判定。',
      en: 'The tester says the app is for supply-side users (drivers, couriers, merchants, doctors ...); the Provisions cover consumer-side users only (art. 3).',
    });
  if (context[legalBasisId(dataType.id)] === true)
    return unjudged('2', {
      zh: `测试者说明收集${named(dataType).zh}另有法律、行政法规、部门规章或规范性文件的规定，依照其规定（第二条）；须由人核对。`,
      en: `The tester says another law or rule provides for ${named(dataType).en}; that one prevails (art. 2). A person must check it.`,
    });
  const allowance = allowanceOf(dataType, question.families, categories, context, question.seen ?? SEEN_NOTHING);
  const best = allowance.listings[0];
  if (best?.state === 'holds')
    return { verdict: 'necessary', reason: { ...listedText(question, best), article: articleOf(best.category) } };
  if (best?.state === 'open') return conditional(question, allowance);
  const service = serviceText(question);
  if (service !== null) return { verdict: 'technical', reason: { ...service, article: '3' } };
  if (dataType.technical) return technical(dataType);
  const unverified = categories.filter((category) => category.items === null);
  if (unverified.length > 0)
    return unjudged(articlesOf(unverified), {
      zh: `${listsOf(unverified).zh}的清单未能核实，不据以判定。`,
      en: `The list of ${listsOf(unverified).en} could not be verified; nothing is judged by it.`,
    });
  return question.party?.purpose === 'os' && question.attributed !== true ? ofSystem(question) : beyond(question, allowance);
}

/** The checks pass the phone's own services over for the same reason: an accusation that may be meant for the phone is none of the app. */
function ofSystem({ dataType, categories }: Question): Ruling {
  return unjudged(articlesOf(categories), {
    zh: `${named(dataType).zh}不在${listsOf(categories).zh}的必要个人信息清单内，但接收方是手机系统自己的服务，又没有依据表明是App发送的：系统发送的与App发送的分不开，不归咎于App，不作判定。用 --package 指明App的包名并用 --adb 归属连接，即可分辨。`,
    en: `${named(dataType).en} is not on the list of necessary personal information of ${listsOf(categories).en}, but the receiver is a service of the phone's own system, and nothing tells that the app sent it: what the system sends cannot be told from what the app sends, so the app is not accused and this is not judged. --package together with --adb tells them apart.`,
  });
}

/** Neither on a list nor beyond it: there is nothing that could be judged by. */
export function unjudged(article: string | null, text: Bilingual): Ruling {
  return { verdict: 'not_judged', reason: { ...text, article } };
}

/** Data that going online carries; a check may still raise it. */
export function technical(dataType: DataType): Ruling {
  if (dataType.family === 'authentication')
    return {
      verdict: 'technical',
      reason: {
        zh: `${named(dataType).zh}是登录、核验身份时使用的凭据，作为情况列出，不与清单比对（第三条）。`,
        en: `${named(dataType).en} is what a login or a check of identity goes by; listed as information, not held against the list (art. 3).`,
        article: '3',
      },
    };
  return {
    verdict: 'technical',
    reason: {
      zh: `${named(dataType).zh}是联网和适配通常会带上的技术信息，作为情况列出，不与清单比对（第三条）。`,
      en: `${named(dataType).en} is technical data that going online usually carries; listed as information, not held against the list (art. 3).`,
      article: '3',
    },
  };
}

/** Chat text to the chat's own server is the service itself. Only where the tester has said whose server it is. */
function serviceText(question: Question): Bilingual | null {
  return question.party?.firstParty === true ? serviceOf(question) : null;
}

function serviceOf({ dataType, pack, categories, seen = SEEN_NOTHING }: Question): Bilingual | null {
  if (seen.beyondService) return null;
  const entry = (pack.serviceData ?? []).find(
    (one) => one.field === dataType.id && (one.categories === null || categories.some((category) => one.categories?.includes(category.id))),
  );
  return entry === undefined ? null : entry.text;
}

/** Nobody has said whose server it is: what would be the service itself on the app's own is told apart by naming those. */
function ownServerText(question: Question): Bilingual[] {
  const { party } = question;
  if (party == null || party.firstParty !== null || serviceOf(question) === null) return [];
  return [
    {
      zh: `接收方 ${party.host} 归属未知：如属App自有服务器，请填写自有域名（--first-party），这类数据即作为服务本身列出，不与清单比对。`,
      en: `Whose server ${party.host} is, is not known: if it is the app's own, name it (--first-party), and such data is listed as the service itself and not held against the list.`,
    },
  ];
}

function listedText(question: Question, listing: Listing): Bilingual {
  const { category, item, conditions } = listing;
  const parts: Bilingual[] = [
    {
      zh: `${named(question.dataType).zh}${listing.way === 'itself' ? '列于' : '视为列于'}「${category.name.zh}」的必要个人信息（${provisionOf(category).zh}：“${item.text.zh}”）。`,
      en: `${named(question.dataType).en} ${listing.way === 'itself' ? 'is' : 'counts as'} on the list of "${category.name.en}" (${provisionOf(category).en}: "${item.text.en}").`,
    },
    ...bridgeText(question, listing),
  ];
  if (conditions.some(({ basis }) => basis === 'reading'))
    parts.push({
      zh: '原文没有逐字写明这一类型，是否属于原文所指由测试者认定。',
      en: 'The text does not name this type in so many words; whether it is meant is for the tester to say.',
    });
  const said = (chosen: readonly Condition[]) => ({
    zh: chosen.map(({ text }) => `“${text.zh}”`).join(''),
    en: chosen.map(({ text }) => text.en).join('; '),
  });
  const shown = conditions.filter(({ id, basis }) => basis === 'sent' && question.context[id] === undefined);
  const confirmed = conditions.filter((condition) => !shown.includes(condition));
  if (shown.length > 0)
    parts.push({
      zh: `该项以${said(shown).zh}为条件；既已发送，条件即成立。`,
      en: `It is listed under a condition (${said(shown).en}), which holds by its having been sent.`,
    });
  if (confirmed.length > 0 && listing.state === 'holds')
    parts.push({
      zh: `该项以${said(confirmed).zh}为条件，测试者已确认成立。`,
      en: `It is listed under a condition (${said(confirmed).en}), which the tester says holds.`,
    });
  if (question.party?.purpose === 'ads' && question.party.firstParty === false) parts.push(advertising(category));
  else if (question.party?.firstParty === false)
    parts.push({
      zh: '清单只说明基本功能服务需要什么；发给第三方是否合适另行判断。',
      en: 'The list says what the basic function needs; whether it may go to a third party is another question.',
    });
  return joined(...parts);
}

/** A list says what the basic function needs (art. 3), and no basic function of any category is to advertise. */
function advertising({ basicFunction, name }: Category): Bilingual {
  const basic = basicFunction ?? name;
  return {
    zh: `但接收方用于广告，不是基本功能服务“${basic.zh}”所需：列于清单不等于可以发给它，须另行告知并取得同意，用户可以拒绝（第三条、第四条）；发给第三方是否合适另行判断。`,
    en: `The receiver is for advertising, which the basic function (${basic.en}) does not need: being on the list is no reason to send it there. It needs to be told and consented to by itself, and the user may refuse (art. 3, 4). Whether it may go to a third party is another question.`,
  };
}

function bridgeText({ dataType, dataTypes, categories }: Question, listing: Listing): Bilingual[] {
  const member = dataTypes.get(listing.member);
  const other = member === undefined ? { zh: listing.member, en: listing.member } : named(member);
  const parts: Bilingual[] = [];
  if (listing.way === 'role')
    parts.push({
      zh: `清单列的是${other.zh}，报文上无法与${named(dataType).zh}区分，按同族视为在清单内。`,
      en: `The list names ${other.en}, which the wire cannot tell from ${named(dataType).en}; any member of the family satisfies it.`,
    });
  if (listing.way === 'follows')
    parts.push({ zh: `它随${other.zh}一并视为在清单内。`, en: `It counts as listed together with ${other.en}.` });
  if (listing.way === 'container')
    parts.push({
      zh: `它只出现在提交${other.zh}的请求中，作为其内容看待。`,
      en: `It stood only in requests that carry ${other.en} and is taken as part of it.`,
    });
  if (categories.length > 1)
    parts.push({
      zh: `为该App选定了多个App类型（${categories.map((category) => category.name.zh).join('、')}），此处以「${listing.category.name.zh}」为准。`,
      en: `Several categories were chosen for this app (${categories.map((category) => category.name.en).join(', ')}); "${listing.category.name.en}" is the one that lists it.`,
    });
  return parts;
}

function conditional(question: Question, allowance: Allowance): Ruling {
  const open = allowance.listings.filter((listing) => listing.state === 'open');
  const best = open[0] as Listing;
  const unanswered = [
    ...new Map(open.flatMap((listing) => listing.conditions).map((condition) => [condition.id, condition])).values(),
  ].filter(({ id, basis }) => basis !== 'sent' && question.context[id] === undefined);
  const categories = [...new Set(open.map((listing) => listing.category))];
  return {
    verdict: 'conditional',
    reason: {
      ...joined(listedText(question, best), {
        zh: `该项有条件：${unanswered.map((condition) => `“${condition.text.zh}”（${condition.id}）`).join('、')}；尚未回答，成立则在清单内，否则不在。`,
        en: `It is listed under a condition not answered yet: ${unanswered.map((condition) => `${condition.text.en} (${condition.id})`).join('; ')}. If it holds the data is on the list, else it is not.`,
      }),
      article: articlesOf(categories),
    },
  };
}

function beyond(question: Question, allowance: Allowance): Ruling {
  const { dataType, categories } = question;
  const failed = allowance.listings.filter((listing) => listing.state === 'fails');
  const members = membersOf(dataType, question.families).map(([member]) => member);
  const tightened = categories.filter((category) => members.some((member) => category.policy?.removed?.includes(member)));
  const narrowed = categories.filter((category) =>
    failed.some((listing) => listing.category === category && category.policy?.narrowed?.includes(listing.member)),
  );
  const parts: Bilingual[] = [
    {
      zh: `${named(dataType).zh}不在${listsOf(categories).zh}的必要个人信息清单内。`,
      en: `${named(dataType).en} is not on the list of necessary personal information of ${listsOf(categories).en}.`,
    },
    ...categories
      .filter((category) => category.noPersonalInfoNeeded)
      .map((category) => ({
        zh: `${category.name.zh}无须个人信息，即可使用基本功能服务。`,
        en: `Category "${category.name.en}" needs no personal information for its basic function.`,
      })),
    ...(dataType.caution ? [dataType.caution] : []),
    ...ownServerText(question),
    ...failed.slice(0, 1).map((listing) => ({
      zh: `“${listing.item.text.zh}”以“${listing.conditions.map((condition) => condition.text.zh).join('”“')}”为条件，测试者已回答不成立。`,
      en: `"${listing.item.text.en}" is listed under a condition (${listing.conditions.map((condition) => condition.text.en).join('; ')}), which the tester says does not hold.`,
    })),
    ...allowance.obstacles.slice(0, 1).map(obstacleText),
    ...tightened.map((category) => ({
      zh: `正式规定的清单列有它；规则包 ${category.policy?.pack} 把它移出。`,
      en: `The official list has it; the pack ${category.policy?.pack} takes it off.`,
    })),
    ...narrowed.map((category) => ({
      zh: `正式规定的清单列有它而不附条件；条件是规则包 ${category.policy?.pack} 所加。`,
      en: `The official list has it without a condition; the condition is of the pack ${category.policy?.pack}.`,
    })),
  ];
  // A house rule must not be passed off as the law: where only the user's pack takes it off, articles 4 and 5 say nothing.
  const house = tightened.length + narrowed.length > 0 || categories.every((category) => category.policy?.removed === null);
  if (!house)
    parts.push({
      zh: '收集它须征得用户同意，用户可以拒绝，App不得因此拒绝用户使用其基本功能服务（第四条）；法律、行政法规、部门规章和规范性文件另有规定的，依照其规定（第二条）。',
      en: "Collecting it needs the user's consent and the user may refuse; the app may not refuse its basic function for that (art. 4). Where other laws or rules provide otherwise, those prevail (art. 2).",
    });
  const article = house
    ? categories.map((category) => (category.policy ? `${category.policy.pack}(${category.no})` : articleOf(category))).join(', ')
    : `4, ${articlesOf(categories)}`;
  return { verdict: 'beyond_necessary', reason: { ...joined(...parts), article } };
}

function obstacleText({ kind, item }: Obstacle): Bilingual {
  if (kind === 'apart')
    return {
      zh: `“${item.text.zh}”的内容只在提交它的请求中算在清单内；此处的请求看不出是在提交它，如确为其内容，须由人核对。`,
      en: `What "${item.text.en}" contains counts as listed only in the requests that carry it; nothing shows that this one does. Whether it is part of it, a person must check.`,
    };
  return kind === 'positioned'
    ? {
        zh: `清单中的“${item.text.zh}”指用户自己填写或选择的内容；此处是经纬度，属于设备定位。`,
        en: `"${item.text.en}" means what the user typed or chose; here it was coordinates, which is device positioning.`,
      }
    : {
        zh: `“${item.text.zh}”的内容只在提交它的请求中算在清单内；此处也出现在其他请求中。`,
        en: `What "${item.text.en}" contains counts as listed only in the requests that carry it; here it stood in others too.`,
      };
}
