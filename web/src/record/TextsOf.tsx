import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { TranslationStatus } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { Badge, type BadgeState } from '../look/Badge';
import { Switch } from '../look/Switch';
import { fieldTexts, useFieldNames } from '../look/useFieldNames';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { Section } from './parts';
import './texts.css';

const Texts = graphql(`
  query RecordTexts($id: ID!) {
    node(id: $id) {
      ... on Organization { translations(first: 100) { ...TextsOfRecord } }
      ... on Agreement { translations(first: 100) { ...TextsOfRecord } }
      ... on Project { translations(first: 100) { ...TextsOfRecord } }
      ... on AdministrativeUnit { translations(first: 100) { ...TextsOfRecord } }
    }
  }
  fragment TextsOfRecord on TranslationConnection {
    nodes { id field locale text status isStale sourceLocale updatedAt }
  }
`);

const badgeOf: Record<TranslationStatus, BadgeState> = { ORIGINAL: 'published', CERTIFIED: 'published', REVIEWED: 'done', DRAFT: 'draft', MACHINE: 'draft' };

/** The record's own texts in each language that there is, one language at a time, with how far each text can be trusted. */
export function TextsOf(props: { id: string }): ReactNode {
  // Names of fields have texts of their own, for which the record does not wait.
  return (
    <Suspense>
      <Languages id={props.id} />
    </Suspense>
  );
}

function Languages(props: { id: string }): ReactNode {
  const { t, i18n } = useTranslation(['record', ...fieldTexts]);
  const { field: nameOf } = useFieldNames();
  const { locale } = useLanguage();
  const names = useNames();
  const format = useFormat();
  const [chosen, choose] = useState<string | null>(null);
  const { data } = useGraph(Texts, { id: props.id });
  const texts = data?.node && 'translations' in data.node ? data.node.translations.nodes : [];
  const fields = [...new Set(texts.map((text) => text.field))];
  const languages = [...new Set(texts.map((text) => text.locale))].sort();
  const shown = chosen ?? (languages.includes(locale) ? locale : languages[0]);
  if (!shown) return null;
  const tongues = new Intl.DisplayNames(locale, { type: 'language' });
  return (
    <Section id="texts" title={t('texts.title')}>
      <Switch label={t('texts.language')} options={languages.map((value) => ({ value, name: tongues.of(value) ?? value }))} chosen={shown} onChoose={choose} />
      <dl className="record-texts">
        {fields.map((field) => {
          const text = texts.find((candidate) => candidate.field === field && candidate.locale === shown);
          return (
            <div key={field}>
              <dt>{nameOf(field)}</dt>
              {text ? (
                <dd>
                  <p lang={text.locale} dir={i18n.dir(text.locale)}>
                    {text.text}
                  </p>
                  <p className="record-note">
                    <Badge state={badgeOf[text.status]}>{names('TranslationStatus', text.status)}</Badge>
                    {text.isStale && <Badge state="stale">{t('texts.stale')}</Badge>}
                    <span>
                      {text.sourceLocale && text.sourceLocale !== text.locale && <>{t('texts.from', { language: tongues.of(text.sourceLocale) })} · </>}
                      {format.date(text.updatedAt)}
                    </span>
                  </p>
                </dd>
              ) : (
                <dd className="record-unknown">{t('texts.missing')}</dd>
              )}
            </div>
          );
        })}
      </dl>
    </Section>
  );
}
