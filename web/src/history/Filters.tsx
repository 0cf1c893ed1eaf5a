import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { DateInput } from '../look/DateInput';
import { Texted } from '../look/Texted';
import { useFieldNames } from '../look/useFieldNames';
import { useFormat } from '../shell/format';
import { type FilterName, type RecordChangesOf, nameOf, silent, whereOf } from './changes';

// Apart from the changes: counting takes longer.
const Facets = graphql(`
  query HistoryFacets($where: FieldChangeWhere) {
    fieldChanges(where: $where, first: 1) { kinds: facet(by: ROOT_KIND, first: 30) { value count } fields: facet(by: FIELD, first: 100) { value count } }
  }
`);

/** What of the history is looked at: who, when, kind of record, field, one record. */
export function Filters(props: { params: URLSearchParams; subject: RecordChangesOf | null; onChange: (values: Partial<Record<FilterName, string | null>>) => void }): ReactNode {
  const { t } = useTranslation('history');
  const format = useFormat();
  const names = useFieldNames();
  const { params, onChange } = props;
  const asked = params.get('who') ?? '';
  const [who, setWho] = useState(asked);
  useEffect(() => setWho(asked), [asked]);
  const counts = useGraph(Facets, { where: whereOf(params) }).data?.fieldChanges;
  const select = (name: 'kind' | 'field', choices: readonly { value: string; count: number }[] | undefined): ReactNode => {
    const chosen = params.get(name) ?? '';
    const called = (value: string): string => (name === 'kind' ? t(`subject.${value}`, { defaultValue: value }) : names.field(value));
    const offered = (choices ?? []).filter(({ value }) => name === 'kind' || !silent.has(value)).sort((a, b) => called(a.value).localeCompare(called(b.value)));
    return (
      <label>
        {t(`filter.${name}`)}
        <select value={chosen} onChange={(event) => onChange({ [name]: event.target.value || null })}>
          <option value="">{t('all')}</option>
          {chosen && !offered.some((choice) => choice.value === chosen) && <option value={chosen}>{called(chosen)}</option>}
          {offered.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {called(choice.value)} ({format.number(choice.count)})
            </option>
          ))}
        </select>
      </label>
    );
  };
  const day = (name: 'from' | 'to'): ReactNode => (
    <label>
      {t(`filter.${name}`)}
      <DateInput value={params.get(name) ?? ''} onWrite={(day) => onChange({ [name]: day || null })} />
    </label>
  );
  const ask = (): void => {
    if (who.trim() !== asked) onChange({ who: who.trim() || null });
  };
  return (
    <form className="history-filters look-inputs" onSubmit={(event: FormEvent) => event.preventDefault()}>
      {params.get('record') && (
        <p className="history-record">
          <Texted text={nameOf(props.subject)} fallback={props.subject?.code ?? params.get('record')} />{' '}
          <button type="button" className="look-button" onClick={() => onChange({ record: null })}>
            {t('allRecords')}
          </button>
        </p>
      )}
      <label>
        {t('filter.who')}
        <input value={who} dir="auto" onChange={(event) => setWho(event.target.value)} onBlur={ask} onKeyDown={(event) => event.key === 'Enter' && ask()} />
      </label>
      {day('from')}
      {day('to')}
      {!params.get('record') && select('kind', counts?.kinds)}
      {select('field', counts?.fields)}
    </form>
  );
}
