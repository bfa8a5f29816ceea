import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { BodyView, ExchangeView, HeaderView, LayerView, MessageView, PictureView, StreamView } from '../../view/exchange-view.js';
import type { Segment } from '../../view/marked-text.js';
import { bytes, visible, whole } from '../format.js';
import { limitWord, said, t, warningSaid } from '../text/index.js';
import { Icon } from './icon.js';

/** Which marks are in the foreground: those of the finding being looked at. */
export type IsAim = (mark: number) => boolean;

/** Captured text: always text nodes, never markup; marks around what was found. */
function Marked({ segments, isAim }: { readonly segments: readonly Segment[]; readonly isAim: IsAim }): JSX.Element {
  return (
    <>
      {segments.map(({ text, marks, hidden }, index) =>
        marks === undefined && hidden === undefined ? (
          visible(text)
        ) : (
          <mark key={index} class={`${marks?.some(isAim) ? 'aim' : ''} ${hidden ? 'masked' : 'clear'}`}>
            {visible(text)}
          </mark>
        ),
      )}
    </>
  );
}

function hasAim(segments: readonly Segment[], isAim: IsAim): boolean {
  return segments.some(({ marks }) => marks?.some(isAim) === true);
}

function Headers({
  list,
  isAim,
  open: wanted,
}: {
  readonly list: readonly HeaderView[];
  readonly isAim: IsAim;
  readonly open: boolean;
}): JSX.Element | null {
  const [open, setOpen] = useState<boolean | null>(null);
  if (list.length === 0) return null;
  const shown = open ?? wanted;
  return (
    <div class="headers">
      <button type="button" class="fold" aria-expanded={shown} onClick={() => setOpen(!shown)}>
        <Icon name={shown ? 'down' : 'arrow'} />
        {t('detail.headers', { n: list.length })}
      </button>
      {shown ? (
        <dl class="mono">
          {list.map(({ name, value }, index) => (
            <div key={index}>
              <dt>{visible(name)}</dt>
              <dd>
                <Marked segments={value} isAim={isAim} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  );
}

function isWithheld(segments: readonly Segment[]): boolean {
  return segments.length === 1 && segments[0]?.hidden === true;
}

/** The bytes behind a tree: folded, for the tree is what one reads. */
function Dump({ segments, isAim }: { readonly segments: readonly Segment[]; readonly isAim: IsAim }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <div class="dump">
      <button type="button" class="fold" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'down' : 'arrow'} />
        {t('detail.rawBytes')}
      </button>
      {!open ? null : isWithheld(segments) ? (
        <p class="withheld">{t('detail.withheld')}</p>
      ) : (
        <pre class="mono code code-hex" tabIndex={0}>
          <Marked segments={segments} isAim={isAim} />
        </pre>
      )}
    </div>
  );
}

/** Only ever of a raster type that the server told by the bytes, and only while it is revealed. */
function Picture({ picture }: { readonly picture: PictureView }): JSX.Element {
  const { type, width, height, data } = picture;
  const words = t('detail.picture', { type: type.slice(type.indexOf('/') + 1).toUpperCase(), width, height, size: bytes(picture.bytes) });
  return (
    <figure class="picture">
      {data === null ? null : <img src={`data:${type};base64,${data}`} width={width} height={height} alt={words} />}
      <figcaption class="sub">
        {words}
        {data === null ? ` · ${t('detail.pictureHidden')}` : ''}
      </figcaption>
    </figure>
  );
}

function Body({ body, isAim }: { readonly body: BodyView; readonly isAim: IsAim }): JSX.Element {
  if (body.kind === 'empty') return <p class="sub empty-body">{t('detail.emptyBody')}</p>;
  const withheld = isWithheld(body.segments);
  return (
    <figure class="body">
      <figcaption class="sub">
        <span>{visible(body.contentType) || t('detail.body')}</span>
        <span class="number">
          {bytes(body.size)}
          {body.bytes === body.size ? '' : ` → ${bytes(body.bytes)}`}
        </span>
        {body.cut === null ? null : <span class="warn">{t('detail.cut', { why: limitWord(body.cut) })}</span>}
        {body.coding === null ? null : (
          <span class="warn">{t(`detail.coding.${body.coding.why}`, { name: visible(body.coding.name) })}</span>
        )}
        {body.kind === 'tree' ? <span>{t('detail.tree')}</span> : null}
      </figcaption>
      {body.pictures.map((picture, index) => (
        <Picture key={index} picture={picture} />
      ))}
      {body.morePictures === 0 ? null : <p class="sub warn">{t('detail.morePictures', { n: whole(body.morePictures) })}</p>}
      {withheld ? <p class="withheld">{t('detail.withheld')}</p> : null}
      <pre class={`mono code code-${body.kind}`} tabIndex={0}>
        <Marked segments={body.segments} isAim={isAim} />
      </pre>
      {body.dump === null ? null : <Dump segments={body.dump} isAim={isAim} />}
    </figure>
  );
}

function Message({ message, isAim }: { readonly message: MessageView; readonly isAim: IsAim }): JSX.Element {
  return (
    <>
      <Headers list={message.headers} isAim={isAim} open={message.headers.some(({ value }) => hasAim(value, isAim))} />
      <Body body={message.body} isAim={isAim} />
      <Headers list={message.trailers} isAim={isAim} open={false} />
    </>
  );
}

function Stream({
  list,
  total,
  isAim,
}: {
  readonly list: readonly StreamView[];
  readonly total: number;
  readonly isAim: IsAim;
}): JSX.Element {
  return (
    <div class="stream">
      {list.map(({ index, direction, kind, body }) => (
        <section key={index} class={`stream-${direction}`}>
          <h4>
            {direction === 'request' ? '↑' : '↓'} {kind} {index}
          </h4>
          <Body body={body} isAim={isAim} />
        </section>
      ))}
      {list.length < total ? <p class="sub">{t('detail.streamPart', { n: whole(list.length), total: whole(total) })}</p> : null}
    </div>
  );
}

/** The way from the wire to the value: each step with the text it led to. */
function Layers({ layers, isAim }: { readonly layers: readonly LayerView[]; readonly isAim: IsAim }): JSX.Element | null {
  const [chosen, setChosen] = useState<number | null>(null);
  if (layers.length < 2) return null;
  // The last layer may be the value alone; the one before shows it where it stood.
  const last = layers.length - 1;
  const first = layers[last]?.segments?.length === 1 && hasAim(layers[last - 1]?.segments ?? [], isAim) ? last - 1 : last;
  const at = Math.min(chosen ?? first, last);
  const layer = layers[at]!;
  return (
    <section class="layers" aria-label={t('detail.steps')}>
      <ol>
        {layers.map(({ step }, index) => (
          <li key={index}>
            <button type="button" aria-pressed={index === at} onClick={() => setChosen(index)}>
              {visible(step)}
            </button>
          </li>
        ))}
      </ol>
      <p class="mono sub path">{visible(layer.path)}</p>
      {layer.says === null ? null : <p class="sub did">{said(layer.says)}</p>}
      {layer.segments === null ? (
        <p class="sub">{t('detail.binaryLayer', { n: bytes(layer.bytes) })}</p>
      ) : (
        <pre class="mono code" tabIndex={0}>
          <Marked segments={layer.segments} isAim={isAim} />
        </pre>
      )}
    </section>
  );
}

type Side = 'request' | 'response' | 'stream';

/** One exchange: address, request, response, stream messages. */
export function ExchangeText({
  view,
  isAim,
  side: first,
  tools,
}: {
  readonly view: ExchangeView;
  readonly isAim: IsAim;
  readonly side: Side;
  readonly tools: ComponentChildren;
}): JSX.Element {
  const [side, setSide] = useState<Side>(first);
  const box = useRef<HTMLDivElement>(null);
  // What was found may lie far down in a long body: each text is scrolled to its first mark.
  useEffect(() => {
    for (const text of box.current?.querySelectorAll('pre') ?? []) {
      const mark = text.querySelector<HTMLElement>('mark.aim');
      if (mark !== null && text.scrollTop === 0 && mark.offsetTop > text.clientHeight - 40)
        text.scrollTop = mark.offsetTop - text.clientHeight / 3;
    }
  }, [view, side]);
  const sides: readonly Side[] = view.messages.total > 0 ? ['request', 'response', 'stream'] : ['request', 'response'];
  return (
    <div class="exchange" ref={box}>
      <p class="mono url">
        <b>{visible(view.method)}</b> <Marked segments={view.url} isAim={isAim} />
      </p>
      <Layers layers={view.layers} isAim={isAim} />
      <div class="sides">
        <div class="switch">
          {sides.map((one) => (
            <button key={one} type="button" aria-pressed={side === one} onClick={() => setSide(one)}>
              {t(`detail.${one}`)}
              {one === 'response' && view.status !== null ? <span class="number">{view.status}</span> : null}
              {one === 'stream' ? <span class="number">{whole(view.messages.total)}</span> : null}
            </button>
          ))}
        </div>
        {tools}
      </div>
      {side === 'request' ? <Message message={view.request} isAim={isAim} /> : null}
      {side === 'response' ? (
        view.response === null ? (
          <p class="sub">{t('detail.noResponse')}</p>
        ) : (
          <Message message={view.response} isAim={isAim} />
        )
      ) : null}
      {side === 'stream' ? <Stream list={view.messages.list} total={view.messages.total} isAim={isAim} /> : null}
      {view.warnings.length === 0 && view.failure === null ? null : (
        <section class="warnings">
          <h4>{t('detail.warnings')}</h4>
          <ul>
            {[view.failure, ...view.warnings].map((one, index) =>
              one === null ? null : (
                <li key={index}>
                  {visible(warningSaid(one.code))} <code>{visible(one.code)}</code> <span class="sub">{visible(one.detail)}</span>
                </li>
              ),
            )}
          </ul>
        </section>
      )}
    </div>
  );
}
