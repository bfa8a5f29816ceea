import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Declaration } from '../../../model/session.js';
import { saveDeclared } from '../edits.js';
import { allFindings, isRunning, rules, session } from '../state.js';
import { said, t } from '../text/index.js';
import { typeIdOf, typeName } from './finding-list.js';
import { Icon } from './icon.js';

const EMPTY: Declaration = { dataType: '', purpose: '', receiver: '*' };
const FIELD_LENGTH = 200;

/** The other of a type's two names: the id where its name was written, and the other way round. */
export function TypeNote({ written }: { readonly written: string }): JSX.Element {
  const id = typeIdOf(written);
  return <small class="sub">{id === written.trim() ? typeName(id) : id}</small>;
}

/** The lines as they stand in the session; edited as a whole, because each save judges everything anew. */
function Lines({ declared }: { readonly declared: readonly Declaration[] }): JSX.Element {
  const [lines, setLines] = useState<readonly Declaration[]>(declared.length === 0 ? [EMPTY] : declared);
  const known = new Set((rules.value?.dataTypes ?? []).map(({ id }) => id));
  const change = (at: number, patch: Partial<Declaration>) =>
    setLines(lines.map((line, index) => (index === at ? { ...line, ...patch } : line)));
  const filled = lines.filter((line) =>
    [line.dataType, line.purpose, line.receiver.replace(EMPTY.receiver, '')].some((written) => written.trim() !== ''),
  );
  const strange = filled.filter(({ dataType }) => !known.has(typeIdOf(dataType)));
  const cell = (at: number, name: keyof Declaration, label: string, list?: string) => (
    <td data-label={label}>
      <input
        class="field"
        type="text"
        maxLength={FIELD_LENGTH}
        aria-label={`${label} ${at + 1}`}
        list={list}
        value={lines[at]?.[name] ?? ''}
        aria-invalid={name === 'dataType' && lines[at]?.dataType !== '' && !known.has(typeIdOf(lines[at]?.dataType ?? ''))}
        onInput={({ currentTarget }) => change(at, { [name]: currentTarget.value })}
      />
      {name === 'dataType' && known.has(typeIdOf(lines[at]?.dataType ?? '')) ? <TypeNote written={lines[at]?.dataType ?? ''} /> : null}
    </td>
  );
  return (
    <>
      <datalist id="declared-types">
        {(rules.value?.dataTypes ?? []).map(({ id, name }) => (
          <option key={id} value={said(name)}>
            {id}
          </option>
        ))}
      </datalist>
      <datalist id="declared-receivers">
        <option value="*" />
        {[...new Set(allFindings.value.map(({ party }) => party.registrableDomain ?? party.host))].map((host) => (
          <option key={host} value={host} />
        ))}
      </datalist>
      <div class="table-box">
        <table class="table declared-table">
          <thead>
            <tr>
              <th scope="col">{t('declared.type')}</th>
              <th scope="col">{t('declared.purpose')}</th>
              <th scope="col">{t('declared.receiver')}</th>
              <th scope="col">
                <span class="hidden">{t('declared.remove', { n: '' })}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((_, at) => (
              <tr key={at}>
                {cell(at, 'dataType', t('declared.type'), 'declared-types')}
                {cell(at, 'purpose', t('declared.purpose'))}
                {cell(at, 'receiver', t('declared.receiver'), 'declared-receivers')}
                <td>
                  <button
                    type="button"
                    class="plain"
                    aria-label={t('declared.remove', { n: at + 1 })}
                    onClick={() => setLines(lines.filter((__, index) => index !== at))}
                  >
                    <Icon name="close" />
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {strange.length === 0 ? null : (
        <p class="warn" role="status">
          {t('declared.unknown', { names: strange.map(({ dataType }) => dataType || '–').join(', ') })}
        </p>
      )}
      <p class="work-tools">
        <button type="button" class="button" onClick={() => setLines([...lines, EMPTY])}>
          {t('declared.add')}
        </button>
        <button
          type="button"
          class="button button-main"
          disabled={strange.length > 0}
          onClick={() =>
            void saveDeclared(filled.map((line) => ({ ...line, dataType: typeIdOf(line.dataType), receiver: line.receiver.trim() || '*' })))
          }
        >
          {t('declared.save')}
        </button>
        {session.value?.subject.declared === null ? null : (
          <button type="button" class="button" onClick={() => void saveDeclared(null)}>
            {t('declared.clear')}
          </button>
        )}
      </p>
    </>
  );
}

/** What the privacy policy says is collected, for what, and who gets it; absent lines become "undeclared" (191号 2.1). */
export function Declared(): JSX.Element {
  const declared = session.value?.subject.declared ?? null;
  return (
    <section class="card">
      <h2>{t('declared.title')}</h2>
      <p class="sub">{t('declared.lead')}</p>
      <p>{declared === null ? t('declared.none') : t('declared.count', { n: declared.length })}</p>
      {isRunning.value ? (
        <Lines key={JSON.stringify(declared)} declared={declared ?? []} />
      ) : (
        <>
          <ul class="declared-list">
            {(declared ?? []).map((line, index) => (
              <li key={index}>
                {typeName(line.dataType)} · {line.purpose} → <span class="mono">{line.receiver}</span>
              </li>
            ))}
          </ul>
          <p class="sub">{t('declared.ended')}</p>
        </>
      )}
    </section>
  );
}
