import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PeekHead } from '../desk/PeekHead';
import { tellDone } from '../desk/done';
import type { MergedField } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { Refusals } from '../look/Refusals';
import { Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { Merge, type Pair, type Side, TakeBack, TellApart, choosable, differs, weight } from './pairs';

/** Two organizations side by side: which stays, field by field, or that they are two. */
export function Comparison(props: { pair: Pair & { first: Side; second: Side }; onDone: () => void; onClose: () => void }): ReactNode {
  const { t } = useTranslation('duplicates');
  const names = useNames();
  const format = useFormat();
  const id = useId();
  const { pair } = props;
  const sides = [pair.first, pair.second] as const;
  const [staysId, setStays] = useState(weight(pair.second) > weight(pair.first) ? pair.second.id : pair.first.id);
  const [take, setTake] = useState<readonly MergedField[]>([]);
  const [note, setNote] = useState('');
  const [stays, goes] = staysId === pair.first.id ? sides : ([pair.second, pair.first] as const);
  const reason = note.trim() || null;
  const what = sides.map((side) => side.name?.text ?? side.code).join(t('comma'));
  const merge = useChange(
    async () => (await ask(Merge, { input: { fromId: goes.id, fromVersion: goes.version, intoId: stays.id, intoVersion: stays.version, take: [...take], reason } })).mergeOrganizations,
    {
      onTaken: () => {
        tellDone({ name: 'merge', what });
        props.onDone();
      },
    },
  );
  const apart = useChange(async () => (await ask(TellApart, { input: { organizationDistinction: { firstId: pair.first.id, secondId: pair.second.id, note: reason } } })).createOrganizationDistinction, {
    onTaken: ({ organizationDistinction: told }) => {
      tellDone({ name: 'apart', what, ...(told && { undo: async () => (await ask(TakeBack, { input: told })).removeOrganizationDistinction }) });
      props.onDone();
    },
  });
  const choices = choosable((kind) => names('OrganizationKind', kind));
  const isBusy = merge.isPending || apart.isPending;
  const row = (name: string, of: (side: Side) => ReactNode): ReactNode => (
    <tr>
      <th scope="row">{t(`field.${name}`)}</th>
      {sides.map((side) => (
        <td key={side.id}>{shownOr(of(side))}</td>
      ))}
    </tr>
  );
  return (
    <>
      <PeekHead onClose={props.onClose}>
        {format.percent(pair.score)} · {pair.reasons.map((one) => t(`reason.${one}`)).join(t('comma'))}
        {pair.identifier && (
          <>
            {' '}
            · <bdi dir="ltr">{pair.identifier}</bdi>
          </>
        )}
      </PeekHead>
      <h2>{t('question')}</h2>
      <table className="desk-beside duplicates-table">
        <thead>
          <tr>
            <td />
            {sides.map((side) => (
              <th key={side.id} scope="col" className={side.id === staysId ? 'duplicates-stays' : undefined}>
                <label className="duplicates-choice">
                  <input
                    type="radio"
                    name={`${id}stays`}
                    checked={side.id === staysId}
                    onChange={() => {
                      setStays(side.id);
                      setTake([]);
                    }}
                  />{' '}
                  {t(side.id === staysId ? 'stays' : 'letStay')}
                </label>
                <To to={`/organizations/${side.id}`}>
                  <Texted text={side.name} fallback={side.code} />
                </To>
                <bdi dir="ltr">{side.code}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {row('names', (side) => side.names.nodes.map((name) => <div key={name.id}><bdi lang={name.locale}>{name.text}</bdi></div>))}
          {row('aliases', (side) => side.aliases.map((alias) => <div key={alias.id}><bdi>{alias.name}</bdi></div>))}
          {choices.map((choice) => (
            <tr key={choice.field}>
              <th scope="row">{t(`merged.${choice.field}`)}</th>
              {sides.map((side) => {
                const isTaken = take.includes(choice.field);
                const value = <bdi>{choice.of(side) || '–'}</bdi>;
                if (!differs(choice, stays, goes)) return <td key={side.id}>{value}</td>;
                return (
                  <td key={side.id}>
                    <label className="duplicates-choice">
                      <input
                        type="radio"
                        name={id + choice.field}
                        checked={(side.id === staysId) !== isTaken}
                        onChange={() => setTake(side.id === staysId ? take.filter((field) => field !== choice.field) : [...take, choice.field])}
                      />{' '}
                      {value}
                    </label>
                  </td>
                );
              })}
            </tr>
          ))}
          {row('identifiers', (side) => side.identifiers.map((one) => <div key={one.id}><bdi dir="ltr">{one.scheme} {one.value}</bdi></div>))}
          {row('parent', (side) => side.parent && <Texted text={side.parent.name} />)}
          {row('agreements', (side) => <Linked total={side.agreements.totalCount} to="/agreements" nodes={side.agreements.nodes} />)}
          {row('projects', (side) => <Linked total={side.projects.totalCount} to="/projects" nodes={side.projects.nodes} />)}
          {row('given', (side) => format.number(side.transactionsGiven.totalCount))}
          {row('received', (side) => format.number(side.transactionsReceived.totalCount))}
          {row('entered', (side) => format.date(side.createdAt))}
        </tbody>
      </table>
      <div className="desk-form look-inputs">
        <p>{t('consequence')}</p>
        <label>
          {t('note')}
          <textarea rows={2} dir="auto" value={note} onChange={(event) => setNote(event.target.value)} />
        </label>
        <Refusals lines={[...merge.wrong, ...apart.wrong]} />
        <div className="desk-acts">
          <button type="button" className="look-button look-button-main" disabled={isBusy} onClick={() => merge.send(undefined)}>
            {t('merge')}
          </button>
          <button type="button" className="look-button" disabled={isBusy} onClick={() => apart.send(undefined)}>
            {t('apart')}
          </button>
        </div>
      </div>
    </>
  );
}

/** None of something is said, not left out. */
const shownOr = (node: ReactNode): ReactNode => (!node || (Array.isArray(node) && node.length === 0) ? '–' : node);

/** How many records are linked to one of the two, and the first of them. */
function Linked(props: { total: number; to: string; nodes: readonly { id: string; code: string; title?: Side['name'] }[] }): ReactNode {
  const { t } = useTranslation('duplicates');
  const format = useFormat();
  if (props.total === 0) return format.number(0);
  return (
    <>
      {format.number(props.total)}
      <ul className="duplicates-linked">
        {props.nodes.map((node) => (
          <li key={node.id}>
            <To to={`${props.to}/${node.id}`}>
              <Texted text={node.title} fallback={node.code} />
            </To>
          </li>
        ))}
        {props.total > props.nodes.length && <li>{t('more', { count: props.total - props.nodes.length, shown: format.number(props.total - props.nodes.length) })}</li>}
      </ul>
    </>
  );
}
