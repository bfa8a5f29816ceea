import type { JSX } from 'preact';
import { whole } from '../format.js';
import { net, sessionPath } from '../net.js';
import { address, attempt, filtered, server, session } from '../state.js';
import { language, named, t } from '../text/index.js';
import { Icon } from './icon.js';

/** What people read stands above what programs do; formats that are not named here come behind in their own order. */
const FIRST: readonly string[] = ['html', 'xlsx', 'csv', 'markdown'];

function inOrder(formats: readonly string[]): readonly string[] {
  return [...FIRST.filter((one) => formats.includes(one)), ...formats.filter((one) => !FIRST.includes(one))];
}

function closeMenu(element: HTMLElement): void {
  element.closest('details')?.removeAttribute('open');
}

/** The server makes it, so that masking and the note "this is a selection" are the report's own. */
async function saveSelection(id: string, format: string): Promise<void> {
  const { blob, name } = await net.file(sessionPath(id, 'report'), {
    format,
    lang: language.value,
    findings: filtered.value.map((row) => row.id),
  });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken the bytes over by the next task.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

/** Reports of what is shown, in the language of the page: the whole session, or what the filter leaves. */
export function ExportMenu(): JSX.Element | null {
  const formats = inOrder(server.value?.reportFormats ?? []);
  const id = session.value?.id;
  if (id === undefined || formats.length === 0) return null;
  const { filter, muted } = address.value;
  const narrowed =
    (filter.trim() !== '' || muted.length > 0) && filtered.value.length > 0 && server.value?.offers.includes('selection') === true;
  return (
    <details class="menu">
      <summary class="button">
        <Icon name="export" />
        {t('export.menu')}
      </summary>
      <ul>
        {narrowed ? <li class="menu-title">{t('export.whole')}</li> : null}
        {formats.map((format) => (
          <li key={format}>
            <a
              href={`${sessionPath(id, 'report')}?${new URLSearchParams({ format, lang: language.value })}`}
              download
              onClick={({ currentTarget }) => closeMenu(currentTarget)}
            >
              {named('export.format', format)}
            </a>
          </li>
        ))}
        {narrowed ? (
          <>
            <li class="menu-title">{t('export.selection', { n: whole(filtered.value.length) })}</li>
            {formats.map((format) => (
              <li key={`selection ${format}`}>
                <button
                  type="button"
                  class="menu-item"
                  onClick={({ currentTarget }) => {
                    closeMenu(currentTarget);
                    void attempt(() => saveSelection(id, format));
                  }}
                >
                  {named('export.format', format)}
                </button>
              </li>
            ))}
          </>
        ) : null}
      </ul>
    </details>
  );
}
