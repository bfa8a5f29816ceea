import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { FilterShelf, KEPT } from '../saved-filters.js';
import { setFilter } from '../state.js';
import { t } from '../text/index.js';
import { Icon } from './icon.js';
import { closeMenu, Menu } from './menu.js';

const shelf = new FilterShelf(localStorage);

/** Lines to be taken up again with one click. */
export function SavedFilters({ line }: { readonly line: string }): JSX.Element | null {
  const saved = shelf.lines.value;
  const [full, setFull] = useState(false);
  if (saved.length === 0 && line.trim() === '') return null;
  const isSaved = saved.includes(line.trim());
  return (
    <Menu
      kind="saved"
      button={
        <summary class="button" aria-label={t('saved.menu')} title={t('saved.menu')}>
          <Icon name="star" />
          {saved.length === 0 ? null : <span class="number">{saved.length}</span>}
        </summary>
      }
    >
      <ul>
        {line.trim() === '' || isSaved ? null : (
          <li>
            <button
              type="button"
              class="link"
              onClick={({ currentTarget }) => {
                if (shelf.save(line)) closeMenu(currentTarget);
                else setFull(true);
              }}
            >
              {t('saved.save')}
            </button>
            {full ? (
              <small class="warn" role="status">
                {t('saved.full', { n: KEPT })}
              </small>
            ) : null}
          </li>
        )}
        {saved.map((one) => (
          <li key={one} class="saved-line">
            <button
              type="button"
              class="link mono"
              onClick={({ currentTarget }) => {
                setFilter(one);
                closeMenu(currentTarget);
              }}
            >
              {one}
            </button>
            <button
              type="button"
              class="plain"
              aria-label={t('saved.forget', { line: one })}
              onClick={() => {
                setFull(false);
                shelf.forget(one);
              }}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </Menu>
  );
}
