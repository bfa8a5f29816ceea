import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { whole } from '../format.js';
import { net, sessionPath } from '../net.js';
import { address, attempt, filtered, server, session } from '../state.js';
import { language, named, t } from '../text/index.js';
import { Icon } from './icon.js';
import { closeMenu, Menu } from './menu.js';

/** What people read stands above what programs do; formats that are not named here come behind in their own order. */
const FIRST: readonly string[] = ['html', 'xlsx', 'csv', 'markdown'];

function inOrder(formats: readonly string[]): readonly string[] {
  return [...FIRST.filter((one) => formats.includes(one)), ...formats.filter((one) => !FIRST.includes(one))];
}

function reportPath(id: string, format: string): string {
  return `${sessionPath(id, 'report')}?${new URLSearchParams({ format, lang: language.value })}`;
}

/** Reports that are being made; of a long session that takes seconds. */
const making = signal(0);

/**
 * Asked for by the page itself: of a link that is refused the browser keeps the reason to itself, or saves it as if it were the report.
 * The server makes a selection, so that masking and the note "this is a selection" are the report's own.
 * @param findings only these; absent: all.
 */
async function save(id: string, format: string, findings?: readonly string[]): Promise<void> {
  making.value += 1;
  const order = { format, lang: language.value };
  const asked = findings === undefined ? net.file(reportPath(id, format)) : net.file(sessionPath(id, 'report'), { ...order, findings });
  const { blob, name } = await asked.finally(() => {
    making.value -= 1;
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
    <Menu
      button={
        <summary class="button">
          <Icon name="export" />
          <span role="status">{t(making.value > 0 ? 'export.making' : 'export.menu')}</span>
        </summary>
      }
    >
      <ul>
        {narrowed ? <li class="menu-title">{t('export.whole')}</li> : null}
        {formats.map((format) => (
          <li key={format}>
            <a
              href={reportPath(id, format)}
              download
              onClick={(event) => {
                event.preventDefault();
                closeMenu(event.currentTarget);
                void attempt(() => save(id, format));
              }}
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
                    void attempt(() =>
                      save(
                        id,
                        format,
                        filtered.value.map((row) => row.id),
                      ),
                    );
                  }}
                >
                  {named('export.format', format)}
                </button>
              </li>
            ))}
          </>
        ) : null}
      </ul>
    </Menu>
  );
}
