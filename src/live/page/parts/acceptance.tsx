import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { accept, acceptances, canNote } from '../edits.js';
import { moment, visible } from '../format.js';
import { t } from '../text/index.js';
import { Icon } from './icon.js';

const REASON_LENGTH = 2_000;

/** The finding whose reason is being written. */
const accepting = signal<string | null>(null);

/** Marks a finding wherever it is listed, so that nobody reads it as still open. */
export function AcceptedTag({ id, short = false }: { readonly id: string; readonly short?: boolean }): JSX.Element | null {
  const given = acceptances.value.get(id);
  if (given === undefined) return null;
  return (
    <span class={short ? 'tag tag-short' : 'tag'} title={`${t('accept.done')} ${visible(given.reason)}`}>
      {short ? <Icon name="consented" /> : null}
      <span class={short ? 'hidden' : ''}>{t('accept.tag')}</span>
    </span>
  );
}

function close(): void {
  accepting.value = null;
}

/** Opens the form below the head of the detail. */
export function AcceptButton({ id }: { readonly id: string }): JSX.Element | null {
  if (!canNote.value || accepting.value === id || acceptances.value.has(id)) return null;
  return (
    <button
      type="button"
      class="link"
      onClick={() => {
        accepting.value = id;
      }}
    >
      {t('accept.open')}
    </button>
  );
}

/** A person answers for a finding: the reason is kept with the session and printed; the finding stays where it is. */
export function AcceptanceNote({ id }: { readonly id: string }): JSX.Element | null {
  const [reason, setReason] = useState('');
  const given = acceptances.value.get(id);
  if (given !== undefined)
    return (
      <div class="acceptance">
        <Icon name="consented" />
        <p>
          <b>{t('accept.done')}</b> {visible(given.reason)} <span class="sub number">{moment(given.at)}</span>
        </p>
        {canNote.value ? (
          <button type="button" class="link" onClick={() => void accept(id, null)}>
            {t('accept.withdraw')}
          </button>
        ) : null}
      </div>
    );
  if (!canNote.value || accepting.value !== id) return null;
  return (
    <form
      class="acceptance"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() === '') return;
        close();
        void accept(id, reason.trim());
      }}
    >
      <label>
        <span>{t('accept.reason')}</span>
        <textarea
          rows={2}
          maxLength={REASON_LENGTH}
          required
          value={reason}
          placeholder={t('accept.placeholder')}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </label>
      <button type="submit" class="button button-main" disabled={reason.trim() === ''}>
        {t('accept.save')}
      </button>
      <button type="button" class="button" onClick={close}>
        {t('accept.cancel')}
      </button>
      <p class="sub">{t('accept.hint')}</p>
    </form>
  );
}
