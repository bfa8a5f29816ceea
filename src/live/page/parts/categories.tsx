import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { chooseCategory } from '../edits.js';
import { rules, session } from '../state.js';
import { said, t } from '../text/index.js';
import { Dialog } from './dialog.js';
import { Icon } from './icon.js';

export const categoryOpen = signal(false);

function close(): void {
  categoryOpen.value = false;
}

/** The 39 categories, to be found by number or name in either language. */
export function CategoryPicker({
  chosen,
  onChoose,
}: {
  readonly chosen: readonly string[];
  readonly onChoose: (id: string | null) => void;
}): JSX.Element {
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const list = (rules.value?.pack.categories ?? []).filter(
    ({ no, id, name }) =>
      wanted === '' || String(no) === wanted || [id, name.zh, name.en].some((word) => word.toLowerCase().includes(wanted)),
  );
  return (
    <>
      <label class="search">
        <Icon name="search" />
        <span class="hidden">{t('category.search')}</span>
        <input
          type="search"
          value={text}
          placeholder={t('category.search')}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={(event) => {
            // Inside a form this key would send it off.
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
      </label>
      <ul class="categories">
        {list.map(({ id, no, name, noPersonalInfoNeeded }) => (
          <li key={id}>
            <button type="button" aria-pressed={chosen.includes(id)} onClick={() => onChoose(id)}>
              <span class="category-no">{no}</span>
              <span>{said(name)}</span>
              {noPersonalInfoNeeded ? <small>{t('category.none')}</small> : null}
              {chosen.includes(id) ? <Icon name="consented" /> : null}
            </button>
          </li>
        ))}
      </ul>
      {chosen.length === 0 ? null : (
        <button type="button" class="button" onClick={() => onChoose(null)}>
          {t('category.clear')}
        </button>
      )}
    </>
  );
}

/** Chooses the category of the session that runs. */
export function CategoryDialog(): JSX.Element {
  const choose = (id: string | null) => {
    close();
    void chooseCategory(id);
  };
  return (
    <Dialog title={t('category.title')} open={categoryOpen.value} onClose={close}>
      <p class="dialog-lead">{t('category.lead')}</p>
      <CategoryPicker chosen={session.value?.subject.categories.main ?? []} onChoose={choose} />
    </Dialog>
  );
}
