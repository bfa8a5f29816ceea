import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parseDocument } from 'yaml';
import { addressNumber } from '../src/rulebook/country.js';
import { type Delegation, packDelegations, readDelegations } from '../src/rulebook/delegations.js';

/**
 * Makes `rules/registry/addresses.bin` anew and writes date, counts and digest into `registry.yaml` beside it:
 *
 *   tsx scripts/update-registry.ts --delegations FOLDER --date YYYY-MM-DD --second IPV4.csv --second IPV6.csv
 *
 * FOLDER holds `country/<cc>/ipv4-aggregated.txt` and `ipv6-aggregated.txt`. The second source (lines `start,end,CC`, addresses as
 * numbers or as text) can only take away: what one says is in the mainland and the other says is not, is not known. So with the
 * blocks that registry.yaml withholds.
 */
type Family = 4 | 6;
type Range = readonly [first: number, last: number];
const BITS = { 4: 32, 6: 128 } as const;
const KEPT = { 4: 24, 6: 48 } as const;
const MAINLAND = 'CN';

const { values } = parseArgs({
  options: { delegations: { type: 'string' }, date: { type: 'string' }, second: { type: 'string', multiple: true, default: [] } },
});
const { delegations: folder, date, second } = values;
if (folder === undefined || date === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date) || !existsSync(join(folder, 'country')))
  throw new Error('usage: tsx scripts/update-registry.ts --delegations FOLDER --date YYYY-MM-DD [--second FILE.csv ...]');

const root = fileURLToPath(new URL('../rules/registry/', import.meta.url));
const sidecar = parseDocument(readFileSync(join(root, 'registry.yaml'), 'utf8'));
const withheld = (sidecar.toJS() as { withheld: Array<{ block: string }> }).withheld.map(({ block }) => block);

function unitsOf(block: string): { family: Family; range: Range } {
  const [address = '', length = ''] = block.split('/');
  const family = isIP(address) === 6 ? 6 : 4;
  const prefix = Number(length);
  if (isIP(address) === 0 || !(prefix <= KEPT[family])) throw new Error(`not a block of whole units: ${block}`);
  const first = Number(addressNumber(address, family) >> BigInt(BITS[family] - KEPT[family]));
  return { family, range: [first, first + 2 ** (KEPT[family] - prefix) - 1] };
}

function delegated(family: Family): Delegation[] {
  const ranges = readdirSync(join(folder ?? '', 'country')).flatMap((code) => {
    const file = join(folder ?? '', 'country', code, `ipv${family}-aggregated.txt`);
    if (!existsSync(file)) return [];
    const blocks = readFileSync(file, 'utf8')
      .split(/\r?\n/)
      .filter((line) => /^[0-9a-f]/i.test(line));
    // Blocks smaller than a unit are left out: not known.
    return blocks
      .filter((block) => Number(block.split('/')[1]) <= KEPT[family])
      .map((block): Delegation => {
        const { range } = unitsOf(block);
        return { first: range[0], last: range[1], country: code.toUpperCase() };
      });
  });
  return ranges.sort((a, b) => a.first - b.first);
}

/** Units that the second source or registry.yaml lays, wholly or in part, in the mainland. */
async function mainlandUnits(): Promise<Record<Family, Range[]>> {
  const units: Record<Family, Range[]> = { 4: [], 6: [] };
  for (const { family, range } of withheld.map(unitsOf)) units[family].push(range);
  for (const file of second)
    for await (const line of createInterface({ input: createReadStream(file) })) {
      const [start = '', end = '', country] = line.split(',');
      if (country !== MAINLAND) continue;
      const family: Family = isIP(start) === 4 || (/^\d+$/.test(start) && BigInt(start) < 2n ** 32n) ? 4 : 6;
      const unit = (text: string) =>
        Number((/^\d+$/.test(text) ? BigInt(text) : addressNumber(text, family)) >> BigInt(BITS[family] - KEPT[family]));
      units[family].push([unit(start), unit(end)]);
    }
  for (const family of [4, 6] as const) units[family].sort((a, b) => a[0] - b[0]);
  return units;
}

/** What is delegated elsewhere, without what may stand in the mainland; neighbours of one country joined. */
function settled(ranges: readonly Delegation[], disputed: readonly Range[]): Delegation[] {
  const out: Delegation[] = [];
  const put = (one: Delegation) => {
    const before = out.at(-1);
    if (before !== undefined && before.country === one.country && before.last + 1 === one.first)
      out[out.length - 1] = { ...before, last: one.last };
    else out.push(one);
  };
  let from = 0;
  for (const range of ranges) {
    if (range.country === MAINLAND) {
      put(range);
      continue;
    }
    let first = range.first;
    while (from < disputed.length && (disputed[from]?.[1] ?? 0) < first) from++;
    for (let at = from; at < disputed.length; at++) {
      const [start, end] = disputed[at] ?? [0, 0];
      if (start > range.last) break;
      if (start > first) put({ ...range, first, last: start - 1 });
      first = Math.max(first, end + 1);
    }
    if (first <= range.last) put({ ...range, first });
  }
  return out;
}

const disputed = await mainlandUnits();
const table = { 4: settled(delegated(4), disputed[4]), 6: settled(delegated(6), disputed[6]) };
const bytes = packDelegations(table);
writeFileSync(join(root, 'addresses.bin'), bytes);
sidecar.set('date', date);
sidecar.set('sha256', createHash('sha256').update(bytes).digest('hex'));
sidecar.set('ranges', { ipv4: table[4].length, ipv6: table[6].length });
writeFileSync(join(root, 'registry.yaml'), sidecar.toString({ lineWidth: 0 }));

const codes = [...new Set([...table[4], ...table[6]].map(({ country }) => country))].sort();
const began = process.cpuUsage();
const { countryOf } = readDelegations(bytes, date);
countryOf('192.0.2.1');
const { user, system } = process.cpuUsage(began);
console.log(
  `${bytes.length} bytes, ${table[4].length} + ${table[6].length} ranges, ${codes.length} codes, unpacked in ${Math.round((user + system) / 1000)} ms`,
);
console.log(codes.join(' '));
