import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PeekHead } from '../desk/PeekHead';
import { Search } from '../desk/Search';
import { Split } from '../desk/Split';
import { usePlace } from '../desk/usePlace';
import { PeekForm } from '../edit/PeekForm';
import { useGraph } from '../graph/useGraph';
import { Badge } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { More } from '../look/More';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { AccountView } from './AccountView';
import { account } from './account';
import { People } from './people';
import './users.css';

const NEW = 'new';

/** The accounts of the people who work here, for administrators. */
export default function UsersPage(): ReactNode {
  const { t } = useTranslation('users');
  const format = useFormat();
  const names = useNames();
  const [params, go] = usePlace();
  usePageTitle(t('title'));
  const words = params.get('q') ?? '';
  const shown = params.get('show') === 'disabled' ? 'disabled' : 'enabled';
  const where = {
    isDisabled: { eq: shown === 'disabled' },
    ...(words ? { or: [{ login: { contains: words } }, { name: { contains: words } }, { email: { contains: words } }] } : {}),
  };
  const { data, error, isPlaceholderData, refetch } = useGraph(People, { where, after: params.get('after') });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { nodes, totalCount, pageInfo } = data.accounts;
  const item = params.get('item');
  const open = nodes.find((person) => person.id === item);
  const close = (): void => go({ item: null });
  const choose = (id: string): void => go({ item: id });
  return (
    <Split
      title={t('title')}
      lead={t('count', { count: totalCount, shown: format.number(totalCount) })}
      onNew={{ name: t('new'), act: () => choose(NEW) }}
      isBusy={isPlaceholderData}
      tools={
        <>
          <Search label={t('search')} value={words} onSearch={(q) => go({ q: q || null, after: null })} />
          <div className="desk-filter" role="group" aria-label={t('shown')}>
            {(['enabled', 'disabled'] as const).map((each) => (
              <button key={each} type="button" aria-pressed={shown === each} onClick={() => go({ show: each === 'disabled' ? each : null, after: null, item: null })}>
                {t(each)}
              </button>
            ))}
          </div>
        </>
      }
      list={
        nodes.length === 0 ? (
          <p className="desk-none">{t(words ? 'noneFound' : 'none')}</p>
        ) : (
          <>
            <ul className="desk-rows">
              {nodes.map((person) => (
                <li key={person.id}>
                  <button type="button" className="desk-item" aria-pressed={person === open} onClick={() => choose(person.id)}>
                    <span className="desk-what">
                      <bdi>{person.name}</bdi> <bdi className="desk-kind">{person.login}</bdi>
                    </span>
                    <span className="desk-who">{[...new Set(person.roles.map((each) => names('Role', each.role)))].join(t('comma')) || t('noRoles')}</span>
                    {person.isDisabled ? (
                      <Badge state="archived">{t('disabledSince', { date: format.date(person.disabledAt ?? person.createdAt) })}</Badge>
                    ) : (
                      <Badge state={person.lastSeenAt ? 'done' : 'draft'}>{person.lastSeenAt ? format.date(person.lastSeenAt) : t('neverSeen')}</Badge>
                    )}
                  </button>
                </li>
              ))}
            </ul>
            <More page={pageInfo} onMore={(after) => go({ after, item: null })}>
              {t('more')}
            </More>
          </>
        )
      }
      choose={t('choose')}
      onClose={close}
      peek={
        item === NEW ? (
          <>
            <PeekHead onClose={close}>{t('account')}</PeekHead>
            <h2>{t('new')}</h2>
            <p>{t('newHint')}</p>
            <PeekForm kind="account" form={account} id={null} onMade={choose} />
          </>
        ) : (
          open && <AccountView key={open.id} person={open} onClose={close} onMade={choose} />
        )
      }
    />
  );
}
