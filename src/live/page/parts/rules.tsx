import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { chooseCategory, reloadRules } from '../edits.js';
import { articleName, whole } from '../format.js';
import { address, allFindings, go, isRunning, rules, server, session } from '../state.js';
import { language, said, t } from '../text/index.js';
import { typeName } from './finding-list.js';
import { Icon } from './icon.js';
import { RuleLink } from './rule-link.js';
import { GradeWord } from './verdict.js';

type Book = NonNullable<(typeof rules)['value']>;
type Category = Book['pack']['categories'][number];
type DataType = Book['dataTypes'][number];
type Check = Book['checks'][number];

const KINDS = ['category', 'type', 'check'] as const;
type Kind = (typeof KINDS)[number];

function kindOf(rule: string | null): { readonly kind: Kind; readonly id: string } | null {
  const dot = rule?.indexOf('.') ?? -1;
  const kind = KINDS.find((one) => one === rule?.slice(0, dot));
  return rule === null || kind === undefined ? null : { kind, id: rule.slice(dot + 1) };
}

/** How often it was found here, as a way back to the list. */
function Found({ count, filter }: { readonly count: number; readonly filter: string }): JSX.Element {
  return count === 0 ? (
    <p class="sub">{t('rules.notFound')}</p>
  ) : (
    <button type="button" class="button" onClick={() => go({ view: 'findings', rule: null, finding: null, filter }, true)}>
      {t('rules.found', { n: whole(count) })} <Icon name="arrow" />
    </button>
  );
}

function TypeLinks({ ids }: { readonly ids: readonly string[] }): JSX.Element {
  return (
    <ul class="chips">
      {ids.map((id) => (
        <li key={id} class="type-chip">
          <RuleLink to={`type.${id}`}>{typeName(id)}</RuleLink>
        </li>
      ))}
    </ul>
  );
}

function CategoryPage({ category, book }: { readonly category: Category; readonly book: Book }): JSX.Element {
  const chosen = session.value?.subject.categories.main?.includes(category.id) === true;
  const { pack } = book;
  return (
    <>
      <h2>{said(category.name)}</h2>
      <p class="sub">
        {said(pack.title)} · {articleName(`5(${category.no})`, language.value)}
      </p>
      {category.basicFunction === null ? null : (
        <p>
          {t('rules.basicFunction')}: <b>{said(category.basicFunction)}</b>
        </p>
      )}
      {category.noPersonalInfoNeeded ? <p>{t('detail.noneNeeded')}</p> : null}
      {category.items === null ? <p class="warn">{t('rules.unverified')}</p> : null}
      {(category.items ?? []).length === 0 ? null : (
        <>
          <h3>{t('rules.items')}</h3>
          <ol class="rule-items">
            {(category.items ?? []).map(({ text, fields, condition, fieldConditions }, index) => (
              <li key={index}>
                <blockquote>{said(text)}</blockquote>
                {condition === null ? null : (
                  <p>
                    <span class="tag">{t('rules.condition')}</span> {said(condition.text)}
                  </p>
                )}
                {Object.entries(fieldConditions).map(([field, only]) => (
                  <p key={field}>
                    <span class="tag">{t('rules.condition')}</span> {typeName(field)}: {said(only.text)}
                  </p>
                ))}
                <TypeLinks ids={fields} />
              </li>
            ))}
          </ol>
        </>
      )}
      {chosen ? (
        <p class="sub">{t('rules.chosen')}</p>
      ) : isRunning.value ? (
        <button type="button" class="button" onClick={() => void chooseCategory(category.id)}>
          {t('rules.choose')}
        </button>
      ) : null}
    </>
  );
}

function Names({ title, names }: { readonly title: string; readonly names: readonly string[] }): JSX.Element | null {
  if (names.length === 0) return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {names.map((name) => (
          <code key={name}>{name}</code>
        ))}
      </dd>
    </div>
  );
}

function TypePage({ type, book }: { readonly type: DataType; readonly book: Book }): JSX.Element {
  const { detect } = type;
  const needed = book.pack.categories.filter(({ items }) => (items ?? []).some(({ fields }) => fields.includes(type.id)));
  const grades = [
    [t('rules.withKey'), detect.withKey],
    [t('rules.withoutKey'), detect.withoutKey],
  ] as const;
  return (
    <>
      <h2>
        {said(type.name)} <code>{type.id}</code>
      </h2>
      <p class="sub">
        {t('detail.class')}: {said(type.gbt35273)}
        {type.sensitive === 'yes' ? <span class="tag tag-bad">{t('detail.sensitive')}</span> : null}
        {type.identifier === null ? null : <span class="tag">{t(`rules.${type.identifier}`)}</span>}
        {type.technical ? <span class="tag">{t('rules.technical')}</span> : null}
      </p>
      <h3>{t('rules.detect')}</h3>
      <p>{t(`rules.how.${detect.how}`)}</p>
      <dl class="facts">
        <Names title={t('rules.keys')} names={detect.keys} />
        <Names title={t('rules.weakKeys')} names={detect.weakKeys} />
        <Names title={t('rules.contextKeys')} names={detect.contextKeys} />
        <Names title={t('rules.notKeys')} names={detect.notKeys} />
        <Names title={t('rules.shape')} names={detect.shape === null ? [] : [detect.shape]} />
        <Names title={t('rules.validator')} names={detect.validator === null ? [] : [detect.validator]} />
        {grades.map(([title, grade]) =>
          grade === null ? null : (
            <div key={title}>
              <dt>{title}</dt>
              <dd>
                <GradeWord grade={grade} />
              </dd>
            </div>
          ),
        )}
      </dl>
      <h3>{t('rules.neededIn', { n: needed.length })}</h3>
      <ul class="chips">
        {needed.map(({ id, no, name }) => (
          <li key={id} class="type-chip">
            <RuleLink to={`category.${id}`}>
              {no} {said(name)}
            </RuleLink>
          </li>
        ))}
      </ul>
      <Found count={allFindings.value.filter(({ dataType }) => dataType === type.id).length} filter={`type:${type.id}`} />
    </>
  );
}

function CheckPage({ check }: { readonly check: Check }): JSX.Element {
  const raised = allFindings.value.filter(({ issues }) => issues.some((issue) => issue.check === check.id)).length;
  return (
    <>
      <h2>{said(check.name)}</h2>
      <p class="sub">
        <span class={`tag ${check.severity === 'high' ? 'tag-bad' : ''}`}>{t(`severity.${check.severity}`)}</span> {check.clause}
      </p>
      <blockquote>{said(check.clauseText)}</blockquote>
      <h3>{t('detail.advice')}</h3>
      <p>{said(check.advice)}</p>
      <h3>{t('detail.fine')}</h3>
      <p>{said(check.fineWhen)}</p>
      <Found count={raised} filter={`issue:${check.id}`} />
    </>
  );
}

function PackPage({ book }: { readonly book: Book }): JSX.Element {
  const { pack } = book;
  return (
    <>
      <h2>{said(pack.title)}</h2>
      <p class="sub">
        {[pack.documentNumber, ...pack.issuers.map(said)].filter((part) => part !== null).join(' · ')}
        <br />
        {pack.effective === null ? null : `${t('rules.effective')} ${pack.effective}`}
      </p>
      {pack.articles.map(({ no, text }) => (
        <section key={no}>
          <h3>{articleName(String(no), language.value)}</h3>
          <blockquote>{said(text)}</blockquote>
        </section>
      ))}
      {pack.url === null ? null : (
        <p class="sub">
          {t('rules.source')} <code>{pack.url}</code>
        </p>
      )}
    </>
  );
}

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly words: string;
  readonly before?: ComponentChildren;
}

function entriesOf(kind: Kind, book: Book): readonly Entry[] {
  const both = ({ zh, en }: { readonly zh: string; readonly en: string }) => `${zh} ${en}`.toLowerCase();
  if (kind === 'category')
    return book.pack.categories.map(({ id, no, name }) => ({ id, name: said(name), words: `${no} ${id} ${both(name)}`, before: no }));
  if (kind === 'type')
    return book.dataTypes.map(({ id, name, detect }) => ({
      id,
      name: said(name),
      words: `${id} ${both(name)} ${detect.keys.join(' ')}`.toLowerCase(),
    }));
  return book.checks.map(({ id, name, clause }) => ({ id, name: said(name), words: `${id} ${clause} ${both(name)}`.toLowerCase() }));
}

function pageOf(rule: string | null, book: Book): JSX.Element {
  const open = kindOf(rule);
  if (open === null) return <PackPage book={book} />;
  const category = open.kind === 'category' ? book.pack.categories.find(({ id }) => id === open.id) : undefined;
  if (category !== undefined) return <CategoryPage category={category} book={book} />;
  const type = open.kind === 'type' ? book.dataTypes.find(({ id }) => id === open.id) : undefined;
  if (type !== undefined) return <TypePage type={type} book={book} />;
  const check = open.kind === 'check' ? book.checks.find(({ id }) => id === open.id) : undefined;
  return check === undefined ? <p>{t('rules.missing')}</p> : <CheckPage check={check} />;
}

/** The rules in use, to be read beside the findings: official text, conditions, and how each type is recognised. */
export function Rules(): JSX.Element {
  const book = rules.value!;
  const { rule } = address.value;
  const open = kindOf(rule);
  const [chosen, setKind] = useState<Kind>(open?.kind ?? 'category');
  const [text, setText] = useState('');
  const kind = open?.kind ?? chosen;
  const wanted = text.trim().toLowerCase();
  const list = entriesOf(kind, book).filter(({ words }) => words.includes(wanted));
  return (
    <div class={`rules ${rule === null ? '' : 'rules-open'}`}>
      <nav class="rules-list" aria-label={t('tab.rules')}>
        <div class="rules-kinds">
          {KINDS.map((one) => (
            <button
              key={one}
              type="button"
              class="button"
              aria-pressed={kind === one}
              onClick={() => {
                setKind(one);
                if (open !== null) go({ rule: null });
              }}
            >
              {t(`rules.kind.${one}`)}
            </button>
          ))}
        </div>
        <label class="search">
          <Icon name="search" />
          <span class="hidden">{t('rules.search')}</span>
          <input type="search" value={text} placeholder={t('rules.search')} onInput={({ currentTarget }) => setText(currentTarget.value)} />
        </label>
        <ul>
          {list.map(({ id, name, before }) => (
            <li key={id} class={open?.id === id ? 'rules-current' : ''}>
              <RuleLink to={`${kind}.${id}`}>
                {before === undefined ? null : <span class="category-no">{before}</span>}
                {name}
              </RuleLink>
            </li>
          ))}
        </ul>
        {isRunning.value && server.value?.commands.includes('reloadRules') === true ? (
          <button type="button" class="button" onClick={() => void reloadRules()}>
            {t('rules.reload')}
          </button>
        ) : null}
      </nav>
      <article class="rules-page card" key={rule ?? ''} tabIndex={0}>
        {rule === null ? null : (
          <button type="button" class="link rules-back" onClick={() => go({ rule: null }, true)}>
            <Icon name="back" />
            {t('rules.back')}
          </button>
        )}
        {pageOf(rule, book)}
      </article>
    </div>
  );
}
