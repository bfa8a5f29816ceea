import type { JSX } from 'preact';
import { sessionPath } from '../net.js';
import { server, session } from '../state.js';
import { language, named, t } from '../text/index.js';
import { Icon } from './icon.js';

/** Reports of what is shown, in the language of the page. */
export function ExportMenu(): JSX.Element | null {
  const formats = server.value?.reportFormats ?? [];
  const id = session.value?.id;
  if (id === undefined || formats.length === 0) return null;
  return (
    <details class="menu">
      <summary class="button">
        <Icon name="export" />
        {t('export.menu')}
      </summary>
      <ul>
        {formats.map((format) => (
          <li key={format}>
            <a
              href={`${sessionPath(id, 'report')}?${new URLSearchParams({ format, lang: language.value })}`}
              download
              onClick={({ currentTarget }) => currentTarget.closest('details')?.removeAttribute('open')}
            >
              {named('export.format', format)}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
