import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Texted } from '../look/Texted';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { type Revision, lastOf, nameOf } from './changes';

/** A changed record as people know it: by its name, its words, its code; one that is no more by what is told of it. */
export function RootName(props: { revision: Revision }): ReactNode {
  const { t } = useTranslation('history');
  const format = useFormat();
  const { locale } = useLanguage();
  const { revision } = props;
  const { root, rootKind } = revision;
  const said = lastOf(revision);
  const kind = t(`subject.${rootKind}`, { defaultValue: rootKind });
  const pair = (term: string | undefined, from: string | undefined, translation: string | undefined, into: string | undefined): ReactNode => (
    <>
      <bdi lang={from}>{term}</bdi> – <bdi lang={into}>{translation}</bdi>
    </>
  );
  const rate = (base: string | undefined, currency: string | undefined, date: string | undefined): ReactNode => (
    <>
      <bdi dir="ltr">
        {base}/{currency}
      </bdi>
      {date && ` · ${format.date(date)}`}
    </>
  );
  if (!root) {
    // It was removed, or the reader may not see it.
    if (said['term']) return pair(said['term'], said['sourceLocale'], said['translation'], said['locale']);
    if (said['baseCurrency']) return rate(said['baseCurrency'], said['currency'], said['date']);
    if (said['code']) return <bdi dir="ltr">{[said['list'], said['code']].filter(Boolean).join(' ')}</bdi>;
    return said['name'] ? <bdi>{said['name']}</bdi> : kind;
  }
  switch (root.__typename) {
    case 'GlossaryTerm':
      return pair(root.term, root.sourceLocale, root.translation, root.locale);
    case 'CodeListItem':
      return (
        <>
          <Texted text={root.name} fallback={<bdi dir="ltr">{root.code}</bdi>} /> ·{' '}
          <bdi dir="ltr">
            {root.list} {root.code}
          </bdi>
        </>
      );
    case 'Account':
      return (
        <>
          <bdi>{root.called}</bdi> (<bdi dir="ltr">{root.login}</bdi>)
        </>
      );
    case 'StoredFile':
      return <bdi>{root.called}</bdi>;
    case 'WorkingLocale':
      return new Intl.DisplayNames(locale, { type: 'language' }).of(root.locale);
    case 'ExchangeRate':
      return rate(root.baseCurrency, root.currency, root.date);
    case 'OrganizationDistinction':
      return (
        <>
          <Texted text={root.first?.name} fallback={root.first?.code} /> – <Texted text={root.second?.name} fallback={root.second?.code} />
        </>
      );
    default:
      return <Texted text={nameOf(root)} fallback={'code' in root ? <bdi dir="ltr">{root.code}</bdi> : kind} />;
  }
}

/** The page on which a changed record is worked with; null where there is none. Of those that the public reads there is one of each moment besides. */
export function placeOf({ root }: Pick<Revision, 'root'>): string | null {
  switch (root?.__typename) {
    case 'Agreement':
      return `/agreements/${root.id}`;
    case 'Project':
      return `/projects/${root.id}`;
    case 'Organization':
      return `/organizations/${root.id}`;
    case 'AdministrativeUnit':
      return `/units/${root.id}`;
    case 'Evaluation':
      return `/desk/evaluations?item=${root.id}`;
    case 'Page':
      return `/desk/pages?item=${root.id}`;
    case 'TranslationRequest':
      return `/desk/requests?state=${root.status}&item=${root.id}`;
    case 'GlossaryTerm':
      return `/desk/glossary?q=${encodeURIComponent(root.term)}&item=${root.id}`;
    case 'CodeListItem':
      return `/desk/codelists?list=${encodeURIComponent(root.list)}&q=${encodeURIComponent(root.code)}&item=${root.id}`;
    default:
      return null;
  }
}
