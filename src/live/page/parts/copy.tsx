import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ExchangeView } from '../../view/exchange-view.js';
import { writeAddress } from '../address.js';
import { copyText } from '../clipboard.js';
import { bytes } from '../format.js';
import { address, session } from '../state.js';
import { t } from '../text/index.js';

/** The request as a shell command, with the masks in it. Single quotes are the only thing a POSIX shell reads there. */
function curlOf(view: ExchangeView): string {
  const plain = (segments: ExchangeView['url']) => segments.map(({ text }) => text).join('');
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const headers = view.request.headers.map(({ name, value }) => `-H ${quoted(`${name}: ${plain(value)}`)}`);
  const { body } = view.request;
  const isText = body.kind !== 'empty' && body.kind !== 'hex' && body.kind !== 'tree';
  // A command that lacks its body, or a part of it, must not pass for the request.
  const lacks = body.kind === 'empty' || (isText && body.cut === null) ? [] : [`# ${t('detail.curlLacks', { n: bytes(body.size) })}\n`];
  const data = isText ? [`--data-raw ${quoted(plain(body.segments))}`] : [];
  return lacks.join('') + [`curl -X ${quoted(view.method)} ${quoted(plain(view.url))}`, ...headers, ...data].join(' \\\n  ');
}

function CopyButton({
  label,
  title,
  text,
  disabled = false,
}: {
  readonly label: 'detail.curl' | 'detail.link';
  readonly title?: string;
  readonly text: () => string;
  readonly disabled?: boolean;
}): JSX.Element {
  const [outcome, setOutcome] = useState<'detail.copied' | 'detail.notCopied' | null>(null);
  const copy = async () => {
    setOutcome((await copyText(text())) ? 'detail.copied' : 'detail.notCopied');
    window.setTimeout(() => setOutcome(null), 2_000);
  };
  return (
    <button type="button" class="link" title={title} onClick={() => void copy()} disabled={disabled}>
      {t(outcome ?? label)}
    </button>
  );
}

/** Copies the request as a command. */
export function CopyCurl({ view }: { readonly view: ExchangeView }): JSX.Element {
  return <CopyButton label="detail.curl" text={() => curlOf(view)} disabled={view.revealed} />;
}

/** What is open, in this session whatever runs later, without filter and token. */
function linkHere(): string {
  const here = { ...address.value, session: session.value?.id ?? null, filter: '', muted: [] };
  return `${location.origin}${writeAddress(here)}`;
}

/** Copies the address of what is open. */
export function CopyLink(): JSX.Element {
  return <CopyButton label="detail.link" title={t('detail.linkHint')} text={linkHere} />;
}
