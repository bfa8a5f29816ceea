import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type uPlot from 'uplot';
import { VERDICTS } from '../../../model/finding.js';
import { clock } from '../format.js';
import { counted, filtered, session } from '../state.js';
import { language, t } from '../text/index.js';
import { theme } from '../theme.js';
import { Muted } from './finding-list.js';
import { PlainVerdict } from './verdict.js';

const HEIGHT = 320;
/** Seconds between two marks of the time axis, up to a day. */
const TICKS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400];

/** Findings added up by verdict over time; the first column are seconds, as uPlot wants them. */
function series(): uPlot.AlignedData {
  const rows = [...filtered.value].sort((a, b) => a.firstSeen - b.firstSeen);
  const start = session.value?.startedAt ?? 0;
  const end = Math.max(start + 1_000, session.value?.endedAt ?? 0, ...rows.map(({ lastSeen }) => lastSeen));
  // A step at the very end would be a stroke along the frame.
  const times = [...new Set([start, ...rows.map(({ firstSeen }) => firstSeen), end + (end - start) * 0.03])].sort((a, b) => a - b);
  const lines = VERDICTS.map((verdict) => {
    const mine = rows.filter((row) => row.verdict === verdict).map(({ firstSeen }) => firstSeen);
    let passed = 0;
    return times.map((time) => {
      while (passed < mine.length && mine[passed]! <= time) passed += 1;
      return passed;
    });
  });
  return [times.map((time) => time / 1000), ...lines];
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Scenes as bands behind the lines. */
function drawScenes(plot: uPlot): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.font = `${11 * devicePixelRatio}px system-ui`;
  ctx.textBaseline = 'top';
  for (const [index, scene] of (session.value?.scenes ?? []).entries()) {
    const from = Math.max(bbox.left, plot.valToPos(scene.startedAt / 1000, 'x', true));
    const until = scene.endedAt === null ? bbox.left + bbox.width : plot.valToPos(scene.endedAt / 1000, 'x', true);
    const to = Math.min(bbox.left + bbox.width, until);
    if (to <= from) continue;
    ctx.fillStyle = colour(index % 2 === 0 ? '--band-a' : '--band-b');
    ctx.fillRect(from, bbox.top, to - from, bbox.height);
    ctx.fillStyle = colour('--text-2');
    const inset = 6 * devicePixelRatio;
    const consent = t(`scene.${scene.consent}`);
    // Cut words say nothing: what does not fit is left out.
    const words = [`${consent} · ${scene.name}`, consent].find((label) => ctx.measureText(label).width <= to - from - inset);
    if (words !== undefined) ctx.fillText(words, from + inset, bbox.top + inset);
  }
  ctx.restore();
}

export function Timeline(): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const rows = filtered.value;
  const scenes = session.value?.scenes;
  const data = useMemo(series, [rows, scenes]);
  const latest = useRef(data);
  latest.current = data;
  /** Where the pointer is, as an index of the data. */
  const [pointed, setPointed] = useState<number | null>(null);
  const moment = pointed === null ? undefined : data[0][pointed];
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    let gone = false;
    const build = async () => {
      // Loaded when it is first looked at, so that the list is on screen sooner.
      const [{ default: Plot }] = await Promise.all([import('uplot'), import('uplot/dist/uPlot.min.css')]);
      if (gone) return;
      const axis = {
        stroke: colour('--text-2'),
        grid: { stroke: colour('--line'), width: 1 },
        ticks: { stroke: colour('--line'), width: 1 },
      };
      plot.current = new Plot(
        {
          width: element.clientWidth,
          height: HEIGHT,
          legend: { show: false },
          cursor: { y: false, points: { show: false } },
          scales: { x: { time: true }, y: { range: (_, __, max) => [0, Math.max(4, max + 1)] } },
          axes: [
            // Whole seconds at least: the clock shows no part of one, and would say the same at two places.
            { ...axis, values: (_, ticks) => ticks.map((tick) => clock(tick * 1000)), space: 90, incrs: TICKS },
            { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000], size: 40 },
          ],
          series: [
            {},
            ...VERDICTS.map((verdict) => ({
              label: verdict,
              stroke: colour(`--${verdict}`),
              width: 2,
              paths: Plot.paths.stepped?.({ align: 1 }) ?? null,
              points: { show: false },
            })).map(({ paths, ...rest }) => (paths === null ? rest : { ...rest, paths })),
          ],
          hooks: { drawClear: [drawScenes], setCursor: [({ cursor }) => setPointed(cursor.idx ?? null)] },
        },
        latest.current,
        element,
      );
    };
    void build();
    const observer = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      gone = true;
      observer.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [theme.value, language.value]);
  useEffect(() => plot.current?.setData(data), [data]);
  return (
    <section class="panel panel-wide">
      <header class="panel-head">
        <h2>{t('timeline.title')}</h2>
        <p class="sub">{t(rows.length > 0 ? 'timeline.hint' : counted.value.length > 0 ? 'list.nothing' : 'timeline.empty')}</p>
      </header>
      <Muted />
      <ul class="legend">
        {VERDICTS.map((verdict, index) => (
          <li key={verdict}>
            <PlainVerdict verdict={verdict} />{' '}
            <span class="number">
              {pointed === null ? rows.filter((row) => row.verdict === verdict).length : data[index + 1]?.[pointed]}
            </span>
          </li>
        ))}
        {moment === undefined ? null : <li class="number sub">{clock(moment * 1000)}</li>}
      </ul>
      <div class="plot" ref={box} role="img" aria-label={t('timeline.title')} />
    </section>
  );
}
