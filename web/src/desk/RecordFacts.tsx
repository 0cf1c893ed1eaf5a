import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Field, labelsOf, moreOf, placesOf, valuesOf } from '../edit/fields';
import { type Values, THERE, partsOf, rowsOf } from '../edit/places';
import { forms } from '../edit/forms';
import { type RecordType, kindOf } from '../edit/kinds';
import { useBrief } from '../edit/useBrief';
import { useWorded } from '../edit/useWorded';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { useFormat } from '../shell/format';

/** What a record says that is not published yet: each field of its form that says something, and its parts, a line each. */
export default function RecordFacts(props: { kind: RecordType; id: string }): ReactNode {
  const { t, i18n } = useTranslation('edit');
  const worded = useWorded();
  const { kind, id } = props;
  const form = forms[kind];
  const { data, error, refetch } = useQuery({ queryKey: ['edit', kindOf(kind), id], queryFn: ({ signal }) => form.read(id, signal).then((read) => read ?? null) });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  if (data === null) return null;
  const read = data as unknown as Record<string, unknown>;
  const [values, labels, more] = [valuesOf(form.fields, read), labelsOf(form.fields, read), moreOf(form.fields, read)];
  return (
    <dl className="desk-facts">
      {form.fields.map((field) => {
        if (field.control === 'parts') return <Parts key={field.name} field={field} values={values} labels={labels} more={more[field.name] ?? 0} />;
        const name = t(`field.${field.label ?? field.name}`);
        if (field.control === 'links') {
          const linked = rowsOf(values, field.name);
          return (
            linked.length > 0 && (
              <div key={field.name}>
                <dt>{name}</dt>
                <dd>
                  <bdi>{linked.map((one) => labels[one] ?? one).join(t('comma'))}</bdi>
                </dd>
              </div>
            )
          );
        }
        return (
          <Fragment key={field.name}>
            {placesOf(field)
              .filter((place) => values[place])
              .map((place) => {
                const part = place.slice(field.name.length + 1);
                const isText = field.control === 'text' || field.control === 'longText';
                return (
                  <div key={place}>
                    <dt>{part ? [name, t(`part.${part}`)].join(t('comma')) : name}</dt>
                    <dd {...(isText ? { lang: part, dir: i18n.dir(part) } : { dir: 'auto' })}>{worded(field, place, values[place] ?? '', labels)}</dd>
                  </div>
                );
              })}
          </Fragment>
        );
      })}
    </dl>
  );
}

function Parts(props: { field: Extract<Field, { control: 'parts' }>; values: Values; labels: Record<string, string>; more: number }): ReactNode {
  const { t } = useTranslation('edit');
  const format = useFormat();
  const brief = useBrief();
  const { field, values, labels, more } = props;
  const rows = rowsOf(values, field.name).filter((row) => values[`${field.name}/${row}`] === THERE);
  if (rows.length === 0) return null;
  const parts = partsOf(values, field.name);
  return (
    <div>
      <dt>
        {t(`field.${field.name}`)} <span>{format.number(rows.length + more)}</span>
      </dt>
      <dd>
        <ul>
          {rows.map((row) => (
            <li key={row}>
              <bdi>{brief(field.fields, parts.get(row) ?? {}, labels) || t('nothing yet')}</bdi>
            </li>
          ))}
          {more > 0 && <li>{t('more', { count: more })}</li>}
        </ul>
      </dd>
    </div>
  );
}
