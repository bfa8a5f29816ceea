import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PersonaChange, PersonaShown } from '../../options.js';
import { visible } from '../format.js';
import { net, sessionPath } from '../net.js';
import { attempt, isRunning, rules, server, session } from '../state.js';
import { said, t } from '../text/index.js';
import { Again } from './again.js';
import { useAsked } from './answer.js';
import { TypeNote } from './declared.js';
import { typeIdOf, typeName } from './finding-list.js';
import { Icon } from './icon.js';
import { Waiting } from './waiting.js';

const VALUE_LENGTH = 2_000;

/** One line of the form: a value that is known already, or one being typed. */
interface Line {
  readonly dataType: string;
  /** null: typed here. */
  readonly known: { readonly tag: string; readonly masked: string; readonly note: string | null } | null;
  readonly value: string;
}

function linesOf({ values }: PersonaShown): Line[] {
  return values.flatMap(({ dataType, values: list }) =>
    list.map(({ tag, masked, note }) => ({
      dataType,
      known: { tag, masked, note: note === null ? null : said(note) },
      value: '',
    })),
  );
}

function changeOf(lines: readonly Line[]): PersonaChange {
  const types = [...new Set(lines.map(({ dataType }) => typeIdOf(dataType)))];
  return types.map((dataType) => ({
    dataType,
    values: lines
      .filter((line) => typeIdOf(line.dataType) === dataType)
      .map(({ known, value }) => (known === null ? { value: value.trim() } : { keep: known.tag })),
  }));
}

function Value({ line, at, change }: { readonly line: Line; readonly at: number; readonly change: (line: Line) => void }): JSX.Element {
  if (line.known === null)
    return (
      <input
        class="field mono"
        type="text"
        maxLength={VALUE_LENGTH}
        autocomplete="off"
        spellcheck={false}
        aria-label={t('persona.value', { n: at + 1 })}
        value={line.value}
        onInput={({ currentTarget }) => change({ ...line, value: currentTarget.value })}
      />
    );
  return (
    <>
      <span class="mono">{visible(line.known.masked)}</span>
      {line.known.note === null ? null : <small class="warn">{line.known.note}</small>}
    </>
  );
}

function Editor({
  id,
  shown,
  saved,
}: {
  readonly id: string;
  readonly shown: PersonaShown;
  readonly saved: (shown: PersonaShown) => void;
}): JSX.Element {
  const before = linesOf(shown);
  const [lines, setLines] = useState<readonly Line[]>(before);
  const types = rules.value?.dataTypes ?? [];
  const known = new Set(types.map(({ id: type }) => type));
  const set = (at: number, line: Line) => setLines(lines.map((old, index) => (index === at ? line : old)));
  const filled = lines.filter(({ known: old, dataType, value }) => old !== null || dataType.trim() !== '' || value.trim() !== '');
  const strange = filled.some(({ dataType }) => !known.has(typeIdOf(dataType)));
  const empty = filled.some(({ known: old, value }) => old === null && value.trim() === '');
  const changed = JSON.stringify(changeOf(filled)) !== JSON.stringify(changeOf(before));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(async () => saved(await net.put<PersonaShown>(sessionPath(id, 'persona'), { values: changeOf(filled) })));
      }}
    >
      <datalist id="persona-types">
        {types.map(({ id: type, name }) => (
          <option key={type} value={said(name)}>
            {type}
          </option>
        ))}
      </datalist>
      {lines.length === 0 ? null : (
        <ul class="persona">
          {lines.map((line, at) => (
            <li key={line.known?.tag ?? `new ${at}`}>
              <span class="persona-type">
                {line.known === null ? (
                  <>
                    <input
                      class="field"
                      type="text"
                      list="persona-types"
                      aria-label={t('persona.type', { n: at + 1 })}
                      aria-invalid={line.dataType !== '' && !known.has(typeIdOf(line.dataType))}
                      placeholder={typeName('phone_number')}
                      value={line.dataType}
                      onInput={({ currentTarget }) => set(at, { ...line, dataType: currentTarget.value })}
                    />
                    {known.has(typeIdOf(line.dataType)) ? <TypeNote written={line.dataType} /> : null}
                  </>
                ) : (
                  typeName(line.dataType)
                )}
              </span>
              <span class="persona-value">
                <Value line={line} at={at} change={(next) => set(at, next)} />
              </span>
              <span class="persona-tools">
                {line.known === null ? null : (
                  <button type="button" class="link" onClick={() => set(at, { ...line, known: null })}>
                    {t('persona.change')}
                  </button>
                )}
                <button
                  type="button"
                  class="plain"
                  aria-label={t('persona.remove', { n: at + 1 })}
                  title={t('persona.remove', { n: at + 1 })}
                  onClick={() => setLines(lines.filter((_, index) => index !== at))}
                >
                  <Icon name="close" />
                </button>
              </span>
            </li>
          ))}
        </ul>
      )}
      <p class="work-tools">
        <button type="button" class="button" onClick={() => setLines([...lines, { dataType: '', known: null, value: '' }])}>
          {t('persona.add')}
        </button>
        <button type="submit" class="button button-main" disabled={!changed || strange || empty}>
          {t('persona.save')}
        </button>
        {changed ? (
          <button type="button" class="button" onClick={() => setLines(before)}>
            {t('persona.undo')}
          </button>
        ) : null}
      </p>
      {strange ? <p class="warn">{t('persona.unknown')}</p> : null}
    </form>
  );
}

/** The test person: whose data is looked for. Values go in and stay masked ever after. */
export function PersonaEditor(): JSX.Element | null {
  const offered = server.value?.offers.includes('persona') === true;
  const id = session.value?.id ?? '';
  const asked = useAsked<PersonaShown>(offered && id !== '' ? () => net.get(sessionPath(id, 'persona')) : null, [offered], id);
  /** What came of the last change; the next session's is asked for anew. */
  const [changed, setChanged] = useState<{ readonly of: string; readonly shown: PersonaShown } | null>(null);
  const shown = changed?.of === id ? changed.shown : asked.answer;
  const [round, setRound] = useState(0);
  if (!offered) return null;
  const foreign = session.value?.status === 'running' && !isRunning.value;
  return (
    <section class="card">
      <h2>{t('persona.title')}</h2>
      {shown === null ? (
        <Waiting asked={asked} />
      ) : (
        <>
          <p class="sub">
            {t(`persona.source.${shown.source}`)} {shown.salts + shown.keys > 0 ? t('persona.keys', { n: shown.salts + shown.keys }) : ''}
          </p>
          {foreign ? (
            <p class="sub">{t('persona.foreign')}</p>
          ) : (
            <>
              <Editor
                key={`${id} ${round}`}
                id={id}
                shown={shown}
                saved={(next) => {
                  setChanged({ of: id, shown: next });
                  setRound(round + 1);
                }}
              />
              <p class="sub">{t(isRunning.value ? 'persona.fromNow' : 'persona.later')}</p>
              <Again />
            </>
          )}
        </>
      )}
    </section>
  );
}
