import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Split } from '../desk/Split';
import { tellDone } from '../desk/done';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { DERIVED_MS, useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { More } from '../look/More';
import { Refusals } from '../look/Refusals';
import { Switch } from '../look/Switch';
import { Texted } from '../look/Texted';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { withParam } from '../shell/withParam';
import { Comparison } from './Comparison';
import { type Distinction, Distinctions, Duplicates, TakeBack, TellApart } from './pairs';
import './duplicates.css';

/** Organizations that may be one, a pair at a time: what they have in common, what hangs on each, and what is to become of them. */
export default function DuplicatesPage(): ReactNode {
  const { t } = useTranslation(['duplicates', 'desk']);
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  usePageTitle(t('desk:menu.duplicates'));
  const told = params.get('show') === 'told';
  const { data, error, isPlaceholderData, refetch } = useGraph(Duplicates, { after: params.get('after') }, { enabled: !told, refetchInterval: DERIVED_MS });
  const choose = (item: string | null): void => setParams((before) => withParam(before, 'item', item), { replace: true, preventScrollReset: true });
  const pairs = data?.organizationDuplicates;
  const open = pairs?.nodes.find((pair) => pair.id === params.get('item'));
  const close = (): void => choose(null);
  return (
    <Split
      title={t('desk:menu.duplicates')}
      {...(pairs && !told && { count: t('pairs', { count: pairs.totalCount, shown: format.number(pairs.totalCount) }) })}
      isWide
      keys={[{ key: 'Z', name: 'undo' }]}
      isBusy={isPlaceholderData}
      tools={
        <Switch
          label={t('view')}
          options={[
            { value: 'pairs', name: t('views.pairs') },
            { value: 'told', name: t('views.told') },
          ]}
          chosen={told ? 'told' : 'pairs'}
          onChoose={(view) => setParams(view === 'told' ? { show: 'told' } : {})}
        />
      }
      list={
        told ? (
          <Told />
        ) : (
          <>
            {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
            {!error && !pairs && <Loading />}
            {pairs?.nodes.length === 0 && <p className="desk-none">{t('none')}</p>}
            {pairs && pairs.nodes.length > 0 && (
              <ul className="desk-rows">
                {pairs.nodes.map((pair) => (
                  <li key={pair.id}>
                    <button type="button" className="desk-item duplicates-item" aria-pressed={pair === open} onClick={() => choose(pair.id)}>
                      <span>
                        <Texted text={pair.first?.name} fallback={pair.first?.code} />
                        <br />
                        <Texted text={pair.second?.name} fallback={pair.second?.code} />
                      </span>
                      <span className="desk-kind">
                        {format.percent(pair.score)} · {pair.reasons.map((reason) => t(`reason.${reason}`)).join(t('comma'))}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            )}
            {pairs && (
              <More page={pairs.pageInfo} onMore={(after) => setParams((before) => withParam(withParam(before, 'item', null), 'after', after))}>
                {t('nextPage')}
              </More>
            )}
          </>
        )
      }
      peek={open?.first && open.second && <Comparison key={open.id} pair={{ ...open, first: open.first, second: open.second }} onDone={close} onClose={close} />}
      choose={t(told ? 'toldLead' : 'choose')}
      onClose={close}
    />
  );
}

/** What people have told apart; each can be taken back. */
function Told(): ReactNode {
  const { t } = useTranslation('duplicates');
  const format = useFormat();
  const { data, error, refetch } = useGraph(Distinctions, {});
  const back = useChange(async (told: Distinction) => ({ ...(await ask(TakeBack, { input: { id: told.id, version: told.version } })).removeOrganizationDistinction, told }), {
    onTaken: ({ told: { first, second, note } }) =>
      tellDone({
        name: 'together',
        what: [first, second].map((one) => one?.name?.text ?? one?.code).join(t('comma')),
        ...(first && second && { undo: async () => (await ask(TellApart, { input: { organizationDistinction: { firstId: first.id, secondId: second.id, note: note ?? null } } })).createOrganizationDistinction }),
      }),
  });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { nodes, totalCount } = data.organizationDistinctions;
  return (
    <>
      <Refusals lines={back.wrong} />
      {nodes.length === 0 && <p className="desk-none">{t('noneTold')}</p>}
      {totalCount > nodes.length && <p className="desk-none">{t('cut', { shown: format.number(nodes.length), total: format.number(totalCount) })}</p>}
      {nodes.length > 0 && (
        <ul className="desk-rows">
          {nodes.map((told) => (
            <li key={told.id} className="duplicates-told">
              <span>
                <Texted text={told.first?.name} fallback={told.first?.code} />
                <br />
                <Texted text={told.second?.name} fallback={told.second?.code} />
              </span>
              <span className="desk-kind">
                {told.note && <bdi>{told.note}</bdi>} {format.date(told.createdAt)}
              </span>
              <button type="button" className="look-button" disabled={back.isPending} onClick={() => back.send(told)}>
                {t('takeBack')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
