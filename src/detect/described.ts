/**
 * Places that say of themselves that nobody is told of there: examples in the description of an interface, the systems that a package of software runs on,
 * the agents of a list of agents. They are known by the way to them, whatever stands beside. Asked of all evidence at the end, of composites too.
 */
import type { Evidence, TraceLine } from '../model/finding.js';
import { clueOf } from './candidate.js';

/** OpenAPI 3.1 4.8.19, JSON Schema 2020-12 9.5, HTML 4.10.5.3.10 (`placeholder`), comments of XML: what stands under these names shows what may stand somewhere else. */
const EXAMPLE = /(?:\.|\[")(?:(?:x-)?examples?|placeholder|#comment)(?=[.[|"]|$)/i;
/** An operation of an interface (OpenAPI 3.1 4.8.9), and a request that is kept to be sent by hand (Postman Collection 2.1). */
const OPERATION =
  /\.paths\["\/[^"]*"\]\.(?:get|put|post|delete|patch|head|options)\.|\.item\[\d+\]\.(?:request\.(?:body|header|url|auth)(?=[.[])|response\[\d+\]\.(?:originalRequest|body|header)\b)/;
/** What a cluster chooses machines by (Kubernetes, well-known labels). */
const LABEL_OF_CLUSTER = /\["(?:[\w-]+\.)*(?:kubernetes|k8s)\.io\//;
/** Where one step of a way begins and ends, of which the way has many: nobody sets out at each of them. */
const STEP = /\.(?:steps?|maneuvers?|intersections?)(?:\[\d+\])?\.(?:start|end)/;
const OF_JOURNEY: ReadonlySet<string> = new Set(['trip_origin', 'trip_destination']);
/** Drawings number their cells, and say which program drew them (SVG 2, diagrams.net); a picture within may be one that the phone took. */
const DRAWING = /\|xml\.(?:svg|mxfile)(?=[.[])/;
const PICTURES: ReadonlySet<string> = new Set(['photo_video', 'photo_exif_gps']);
/** A lock file of packages (pnpm, npm) tells on which systems and processors each of them runs; so do the manifests of an image (OCI) and the matrix of a build. */
const PACKAGE =
  /\.(?:packages|dependencies|optionalDependencies|snapshots)(?:\["[^"]*"\]|\.[^.[\]|]+)\.(?:cpu|os|libc|engines\.\w+)(?:\[\d+\])?$|\.manifests\[\d+\]\.platform\.|\.matrix\.(?:platform|os|runner)s?(?:\[\d+\])?$/;
const OF_PACKAGE: ReadonlySet<string> = new Set(['os_version', 'hardware_params']);
/** The last place of a way, where it is one of a list. */
const ELEMENT = /\[\d+\]$/;

/**
 * Evidence that its place says to be of nobody, as clues.
 * @param evidence all of one message, one reading for each place.
 */
export function withDescribed(evidence: readonly Evidence[]): readonly Evidence[] {
  const agents = listsOfAgents(evidence);
  const places = tablesOfPlaces(evidence);
  return evidence.map((each) => {
    const reason = isSure(each) ? (reasonOf(each, agents) ?? (places.has(each.path) ? placesLine : null)) : null;
    return reason === null ? each : clueOf(each, reason);
  });
}

/** What was compared with the test person's own values is theirs, wherever it stands. */
function isSure({ part, grade, detector }: Evidence): boolean {
  return part === 'body' && (grade === 'strong' || grade === 'probable') && detector !== 'digest' && detector !== 'opaque';
}

function reasonOf({ path, dataType }: Evidence, agents: ReadonlySet<string>): TraceLine | null {
  if (EXAMPLE.test(path) || OPERATION.test(path)) return exampleLine;
  if (DRAWING.test(path) && !PICTURES.has(dataType)) return drawingLine;
  if (OF_JOURNEY.has(dataType)) return STEP.test(path) ? stepLine : null;
  if (LABEL_OF_CLUSTER.test(path)) return clusterLine;
  if (OF_PACKAGE.has(dataType)) return PACKAGE.test(path) ? packageLine : null;
  return dataType === 'user_agent' && agents.has(path.replace(ELEMENT, '')) && ELEMENT.test(path) ? agentsLine : null;
}

/** Lists of bare values of which two and more are different agents: one phone has one. */
function listsOfAgents(evidence: readonly Evidence[]): ReadonlySet<string> {
  const first = new Map<string, string>();
  const several = new Set<string>();
  for (const { dataType, path, value } of evidence) {
    if (dataType !== 'user_agent' || !ELEMENT.test(path)) continue;
    const list = path.replace(ELEMENT, '');
    const known = first.get(list);
    if (known === undefined) first.set(list, value);
    else if (known !== value) several.add(list);
  }
  return several;
}

const LOCATIONS: ReadonlySet<string> = new Set(['location_precise', 'location_coarse']);
/** The table, the name of its entry and the way within: `countries.AD.lnglat`. What goes by digits may be points by their moments. */
const ENTRY = /^(.*)(?:\.|\[")([A-Za-z_][^.[\]"|]*)(?:"\])?(\.[^.]+)$/;
/** As of other tables by names (catalogue.ts): a report has some parts with a place of their own. */
const FEWEST_ENTRIES = 8;

/** Ways to the coordinates of tables by names: nobody is in as many countries or towns. */
function tablesOfPlaces(evidence: readonly Evidence[]): ReadonlySet<string> {
  const tables = new Map<string, { readonly entries: Set<string>; readonly paths: string[] }>();
  for (const { dataType, detector, path } of evidence) {
    if (detector !== 'composite' || !LOCATIONS.has(dataType)) continue;
    const [, table, entry, rest] = ENTRY.exec(path) ?? [];
    if (table === undefined || entry === undefined || rest === undefined) continue;
    const key = `${table}|${rest}`;
    const known = tables.get(key) ?? { entries: new Set<string>(), paths: [] };
    tables.set(key, known);
    known.entries.add(entry);
    known.paths.push(path);
  }
  return new Set([...tables.values()].flatMap(({ entries, paths }) => (entries.size >= FEWEST_ENTRIES ? paths : [])));
}

const placesLine: TraceLine = {
  rule: 'doubt-table-of-places',
  text: {
    zh: '同一表中按名称列出了许多地点的坐标：是地名表，不是谁的位置',
    en: 'one table gives the coordinates of many places by their names, and not where somebody is',
  },
};

const exampleLine: TraceLine = {
  rule: 'doubt-example',
  text: {
    zh: '写在示例（example）、注释或接口说明之中：说明那里可以填什么，不是谁的信息',
    en: 'it stands in an example, a comment or the description of an interface: what may be filled in there, and nobody’s',
  },
};

const drawingLine: TraceLine = {
  rule: 'doubt-drawing',
  text: {
    zh: '写在矢量图（SVG）之中：是图形自身的属性，不是这部手机的',
    en: 'it stands in a drawing (SVG): an attribute of what is drawn, and nothing of the phone',
  },
};

const clusterLine: TraceLine = {
  rule: 'doubt-label-of-cluster',
  text: {
    zh: '是集群（Kubernetes）选择机器的标签，不是这部手机的',
    en: 'a label by which a cluster chooses its machines, and nothing of this phone',
  },
};

const stepLine: TraceLine = {
  rule: 'doubt-step-of-way',
  text: {
    zh: '是路线中一步的起止，不是行程的出发地、目的地',
    en: 'where one step of a way begins and ends, and not where a journey does',
  },
};

const packageLine: TraceLine = {
  rule: 'doubt-runs-on',
  text: {
    zh: '是软件包所支持的系统、处理器，不是这部手机的',
    en: 'on what a package of software runs, and not what this phone is',
  },
};

const agentsLine: TraceLine = {
  rule: 'doubt-list-of-agents',
  text: {
    zh: '所在列表列有多个不同的 User-Agent：是对照表，不是这部手机的',
    en: 'the list names several agents: a table of them, and not this phone’s own',
  },
};
