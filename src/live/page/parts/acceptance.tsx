import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { moment, visible } from '../format.js';
import { accept, acceptances, canNote } from '../state.js';
import { t } from '../text/index.js';
import { Icon } from './icon.js';

const REASON_LENGTH = 2_000;

/** A person answers for a finding: the reason is kept with the session and printed; the finding stays where it is. */
export function AcceptanceNote({ id }: { readonly id: string }): JSX.Element | null {
  const [open, setOpen] = useState(false);
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
  if (!canNote.value) return null;
  if (!open)
    return (
      <div class="acceptance">
        <button type="button" class="link" onClick={() => setOpen(true)}>
          {t('accept.open')}
        </button>
      </div>
    );
  return (
    <form
      class="acceptance"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') void accept(id, reason.trim());
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
      <button type="button" class="button" onClick={() => setOpen(false)}>
        {t('accept.cancel')}
      </button>
      <p class="sub">{t('accept.hint')}</p>
    </form>
  );
}
