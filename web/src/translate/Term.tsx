import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TranslationAdviceQuery } from '../gql/graphql';
import { type Place, cutAt } from './terms';

/** A term of the glossary that occurs in the source. */
export type Hit = TranslationAdviceQuery['glossaryHits'][number];

/** A stretch of the source with its terms marked; `from` is where it begins in the whole. */
export function Marked(props: { text: string; from: number; places: readonly Place<Hit>[]; locale: string }): ReactNode {
  return cutAt(props.text, props.from, props.places).map((piece) => {
    const key = `${props.from} ${piece.text} ${piece.place?.start}`;
    return piece.place ? (
      <Term key={key} hits={piece.place.terms} locale={props.locale} isFirst={piece.isFirst}>
        {piece.text}
      </Term>
    ) : (
      piece.text
    );
  });
}

/** A term in its text. What the glossary wants for it, and does not want, is shown to whoever points at it or comes to it by key; Esc puts it away. */
function Term(props: { hits: readonly Hit[]; locale: string; /** Not the rest of a term that a change of the source has parted. */ isFirst: boolean; children: string }): ReactNode {
  const { t, i18n } = useTranslation('translate');
  const id = useId();
  const [isShown, setIsShown] = useState(false);
  const { locale } = props;
  const show = (): void => setIsShown(true);
  const hide = (): void => setIsShown(false);
  return (
    <span
      className="translate-term"
      role="term"
      aria-describedby={id}
      tabIndex={props.isFirst ? 0 : undefined}
      onPointerEnter={show}
      onPointerLeave={hide}
      onFocus={show}
      onBlur={hide}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
    >
      {props.children}
      <span role="tooltip" id={id} hidden={!isShown} lang={i18n.language} dir={i18n.dir()}>
        {props.hits.map((hit) => (
          <span key={hit.id}>
            {t(hit.isForbidden ? 'not' : 'wanted')} <bdi lang={locale}>{hit.isForbidden ? <del>{hit.translation}</del> : <strong>{hit.translation}</strong>}</bdi>
            {hit.note && (
              <>
                {' · '}
                <bdi>{hit.note}</bdi>
              </>
            )}
          </span>
        ))}
      </span>
    </span>
  );
}
