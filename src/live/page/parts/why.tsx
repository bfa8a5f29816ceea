import type { JSX } from 'preact';
import type { occurrenceAnswer } from '../../answers.js';
import type { FindingRow } from '../../trail.js';
import { labelOf } from '../devices.js';
import { companyOf, partyWord, placeOf } from '../facts.js';
import { termText, toggled } from '../filter.js';
import { articleName, visible } from '../format.js';
import { address, go, rules, session } from '../state.js';
import { language, purposeSaid, said, t } from '../text/index.js';
import { RuleLink } from './rule-link.js';
import { GradeWord } from './verdict.js';

/** The articles a verdict rests on, in the words of the official text. */
function Basis({ row }: { readonly row: FindingRow }): JSX.Element | null {
  const pack = rules.value?.pack;
  if (pack === undefined || row.reason.article === null) return null;
  const chosen = pack.categories.filter(({ id }) => session.value?.subject.categories[row.app]?.includes(id) === true);
  const references = row.reason.article.split(',').map((part) => part.trim());
  return (
    <section>
      <h3>{t('detail.basis')}</h3>
      <p class="sub">{said(pack.title)}</p>
      {references.map((reference) => {
        const number = Number.parseInt(reference, 10);
        const article = pack.articles.find(({ no }) => no === number);
        const category = chosen.find(({ no }) => reference === `${number}(${no})`);
        return (
          <blockquote key={reference}>
            <b>{articleName(reference, language.value)}</b>
            {category === undefined ? (
              <p>{article === undefined ? '' : said(article.text)}</p>
            ) : (
              <>
                <CategoryItems category={category} type={row.dataType} />
                <RuleLink to={`category.${category.id}`}>{t('rules.whole')}</RuleLink>
              </>
            )}
          </blockquote>
        );
      })}
    </section>
  );
}

type Category = NonNullable<(typeof rules)['value']>['pack']['categories'][number];

function CategoryItems({ category, type }: { readonly category: Category; readonly type: string }): JSX.Element {
  const items = category.items ?? [];
  return (
    <>
      <p>{t('detail.item', { name: said(category.name) })}</p>
      {category.noPersonalInfoNeeded ? (
        <p>{t('detail.noneNeeded')}</p>
      ) : (
        <ol>
          {items.map(({ text, fields }, index) => (
            <li key={index} class={fields.includes(type) ? 'this-item' : ''}>
              {said(text)}
            </li>
          ))}
        </ol>
      )}
      {category.noPersonalInfoNeeded || items.some(({ fields }) => fields.includes(type)) ? null : <p class="sub">{t('detail.noItem')}</p>}
    </>
  );
}

function Issues({ row }: { readonly row: FindingRow }): JSX.Element | null {
  if (row.issues.length === 0) return null;
  return (
    <section>
      <h3>{t('detail.issues')}</h3>
      {row.issues.map((issue) => {
        const check = rules.value?.checks.find(({ id }) => id === issue.check);
        return (
          <div class={`issue issue-${issue.severity}`} key={issue.check}>
            <p class="issue-head">
              <b>{check === undefined ? visible(said(issue.text)) : <RuleLink to={`check.${check.id}`}>{said(check.name)}</RuleLink>}</b>
              <span class="tag">{t(`severity.${issue.severity}`)}</span>
              <span class="sub">{issue.clause}</span>
            </p>
            {check === undefined ? null : (
              <>
                <p>{visible(said(issue.text))}</p>
                <blockquote>
                  <p>{said(check.clauseText)}</p>
                </blockquote>
                <dl class="advice">
                  <dt>{t('detail.advice')}</dt>
                  <dd>{said(check.advice)}</dd>
                  <dt>{t('detail.fine')}</dt>
                  <dd>{said(check.fineWhen)}</dd>
                </dl>
              </>
            )}
          </div>
        );
      })}
    </section>
  );
}

export function Why({
  row,
  occurrence,
}: {
  readonly row: FindingRow;
  readonly occurrence: ReturnType<typeof occurrenceAnswer> | null;
}): JSX.Element {
  const type = rules.value?.dataTypes.find(({ id }) => id === row.dataType);
  const { party } = row;
  const facts: ReadonlyArray<readonly [string, string | null]> = [
    [t('detail.company'), companyOf(party, language.value === 'en')],
    [t('detail.sdk'), party.sdk],
    [t('detail.purpose'), party.purpose === null ? null : `${purposeSaid(party.purpose)} · ${t(`party.${partyWord(party)}`)}`],
    [t('detail.host'), party.host],
    [t('detail.country'), placeOf(party, rules.value, language.value === 'en')],
  ];
  return (
    <>
      <section>
        <h3 class="hidden">{t('detail.why')}</h3>
        <p class="reason">{said(row.reason)}</p>
        {type === undefined ? null : (
          <p class="sub">
            {t('detail.class')}: {said(type.gbt35273)} <RuleLink to={`type.${type.id}`}>{t('rules.aboutType')}</RuleLink>
            {type.sensitive === 'yes' ? <span class="tag tag-bad">{t('detail.sensitive')}</span> : null}
          </p>
        )}
      </section>
      <Issues row={row} />
      <Basis row={row} />
      <section>
        <h3>{t('detail.proof')}</h3>
        <p>
          <GradeWord grade={row.grade} /> <span class="sub">{t(`grade.hint.${row.grade}`)}</span>
        </p>
        <ul class="trace">
          {(occurrence?.trace ?? []).map(({ rule, text }, index) => (
            <li key={index}>
              {visible(said(text))} <code>{rule}</code>
            </li>
          ))}
        </ul>
      </section>
      {row.trail === null || row.trail.devices.length === 0 ? null : (
        <section>
          <h3>{t('detail.senders')}</h3>
          <ul class="chips">
            {row.trail.devices.map((name) => {
              const label = labelOf(name);
              return (
                <li key={name}>
                  <button
                    type="button"
                    class="type-chip"
                    onClick={() =>
                      go({ view: 'findings', filter: toggled(address.value.filter, termText('device', name)), finding: null }, true)
                    }
                  >
                    {label === null ? null : `${visible(label)} · `}
                    <span class="mono">{visible(name)}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      <section>
        <h3>{t('detail.receiver')}</h3>
        <dl class="facts">
          {facts.map(([name, value]) =>
            value === null ? null : (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{visible(value)}</dd>
              </div>
            ),
          )}
        </dl>
      </section>
    </>
  );
}
