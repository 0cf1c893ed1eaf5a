import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PeekHead } from '../desk/PeekHead';
import { Split } from '../desk/Split';
import { usePlace } from '../desk/usePlace';
import { PeekForm } from '../edit/PeekForm';
import { graphql } from '../gql';
import type { MinistryListQuery, MinistryOfficersQuery } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { useWho } from '../sign/session';
import { inOrder } from './tree';
import { ministryUnit } from './unit';
import './ministry.css';

const Units = graphql(`
  query MinistryList {
    ministryUnits(first: 100) {
      totalCount
      nodes { id code version name { text locale direction } parent { id } }
    }
  }
`);
const Officers = graphql(`
  query MinistryOfficers {
    accounts(where: { isDisabled: { eq: false } }, first: 100) {
      totalCount
      nodes { id login name roles { id role ministryUnit { id } } }
    }
  }
`);
const Kept = graphql(`
  query MinistryKept($id: ID!) {
    agreements(where: { owner: { id: { eq: $id } } }, first: 1) { totalCount }
    projects(where: { owner: { id: { eq: $id } } }, first: 1) { totalCount }
    organizations(where: { owner: { id: { eq: $id } } }, first: 1) { totalCount }
    evaluations(where: { owner: { id: { eq: $id } } }, first: 1) { totalCount }
  }
`);

type Unit = MinistryListQuery['ministryUnits']['nodes'][number];
type Account = MinistryOfficersQuery['accounts']['nodes'][number];

const NEW = 'new';

/** The units of the ministry, as the tree that they are: who works for which, what each keeps, and their names, which administrators change. */
export default function MinistryPage(): ReactNode {
  const { t } = useTranslation(['ministry', 'desk']);
  const format = useFormat();
  const { data: who } = useWho();
  const [params, go] = usePlace();
  usePageTitle(t('title'));
  const mayWrite = who?.roles.includes('ADMINISTRATOR') ?? false;
  const { data, error, refetch } = useGraph(Units, {});
  // Everybody else sees no accounts but their own.
  const officers = useGraph(Officers, {}, { enabled: mayWrite }).data?.accounts;
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { nodes, totalCount } = data.ministryUnits;
  const item = params.get('item');
  const open = nodes.find((unit) => unit.id === item);
  const choose = (next: string | null): void => go({ item: next });
  const ofUnit = (unit: Unit): Account[] => officers?.nodes.filter((account) => account.roles.some((role) => role.ministryUnit?.id === unit.id)) ?? [];
  return (
    <Split
      title={t('title')}
      count={t('count', { count: totalCount, shown: format.number(totalCount) })}
      {...(mayWrite && { onNew: { name: t('new'), act: () => choose(NEW) } })}
      list={
        <>
          <p className="desk-none">{t('lead')}</p>
          {nodes.length === 0 && <p className="desk-none">{t('none')}</p>}
          {nodes.length > 0 && (
            <ul className="desk-rows">
              {inOrder(nodes).map(({ unit, depth }) => (
                <li key={unit.id}>
                  <button type="button" className="desk-item ministry-item" aria-pressed={unit === open} onClick={() => choose(unit.id)}>
                    <span style={{ paddingInlineStart: `${depth * 24}px` }}>
                      {depth > 0 && <span className="hidden">{t('below')} </span>}
                      <Texted text={unit.name} fallback={<bdi dir="ltr">{unit.code}</bdi>} />
                    </span>
                    <span className="desk-who">{mayWrite && officers && t('officersCount', { count: ofUnit(unit).length, shown: format.number(ofUnit(unit).length) })}</span>
                    <bdi dir="ltr" className="ministry-code">
                      {unit.code}
                    </bdi>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </>
      }
      peek={
        item === NEW && mayWrite ? (
          <>
            <PeekHead onClose={() => choose(null)}>{t('title')}</PeekHead>
            <h2>{t('new')}</h2>
            <p className="desk-none">{t('newHint')}</p>
            <PeekForm kind="ministryUnit" form={ministryUnit} id={null} onMade={choose} />
          </>
        ) : (
          open && <UnitView key={open.id} unit={open} officers={mayWrite && officers ? ofUnit(open) : null} mayWrite={mayWrite} onClose={() => choose(null)} onMade={choose} />
        )
      }
      choose={t('choose')}
      onClose={() => choose(null)}
    />
  );
}

function UnitView(props: { unit: Unit; /** Who works for it; null for those who may not know. */ officers: readonly Account[] | null; mayWrite: boolean; onClose: () => void; onMade: (id: string) => void }): ReactNode {
  const { t } = useTranslation(['ministry', 'desk']);
  const format = useFormat();
  const names = useNames();
  const { unit, officers } = props;
  const kept = useGraph(Kept, { id: unit.id }).data;
  return (
    <>
      <PeekHead onClose={props.onClose}>
        {t('unit')} · <bdi dir="ltr">{unit.code}</bdi>
      </PeekHead>
      <h2>
        <Texted text={unit.name} fallback={unit.code} />
      </h2>
      {kept && (
        <dl>
          {(['agreements', 'projects', 'organizations', 'evaluations'] as const).map((kind) => (
            <div key={kind}>
              <dt>{t(`desk:menu.${kind}`)}</dt>
              <dd>{format.number(kept[kind].totalCount)}</dd>
            </div>
          ))}
        </dl>
      )}
      {officers && (
        <section aria-label={t('officers')}>
          <h3 className="ministry-head">{t('officers')}</h3>
          {officers.length === 0 && <p className="desk-none">{t('noOfficers')}</p>}
          <ul className="ministry-officers">
            {officers.map((account) => (
              <li key={account.id}>
                <To to={`/desk/users?item=${account.id}`}>
                  <bdi>{account.name}</bdi>
                </To>{' '}
                <span className="desk-kind">
                  {account.roles
                    .filter((role) => role.ministryUnit?.id === unit.id)
                    .map((role) => names('Role', role.role))
                    .join(t('desk:comma'))}
                </span>
              </li>
            ))}
          </ul>
          <p className="desk-none">{t('rolesHint')}</p>
        </section>
      )}
      {props.mayWrite && (
        <>
          <PeekForm kind="ministryUnit" form={ministryUnit} id={unit.id} onMade={props.onMade} />
          <p className="desk-none">
            {t('reviewed')} <To to="/desk/translations?task=REVIEW&kind=MinistryUnit">{t('reviewQueue')}</To>
          </p>
          <p className="desk-none">{t('stays')}</p>
        </>
      )}
    </>
  );
}
